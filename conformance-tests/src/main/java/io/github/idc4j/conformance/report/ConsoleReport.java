package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.ConformanceResult;
import io.github.idc4j.conformance.Verdict;
import io.github.idc4j.conformance.Verdict.Status;
import java.io.PrintStream;
import java.net.URI;
import java.util.Set;

/** Prints one line a check, grouped by area, and a summary. */
public final class ConsoleReport {

  private static final String RED = "31";
  private static final String GREEN = "32";
  private static final String YELLOW = "33";
  private static final String BOLD = "1";

  private final PrintStream out;
  private final boolean colour;
  private String area = "";

  /** Prints to {@code out}, with colours or without. */
  public ConsoleReport(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /** Tells what is checked. */
  public void begin(URI baseUrl) {
    out.println("Checking " + baseUrl);
  }

  /** Tells one verdict. */
  public void tell(Verdict verdict) {
    if (!verdict.area().equals(area)) {
      area = verdict.area();
      out.println();
      out.println(painted(area, BOLD));
    }
    out.println("  " + mark(verdict.status()) + " " + verdict.title());
    if (Summary.isFinding(verdict)) {
      tellFinding(verdict);
    } else if (!verdict.message().isEmpty()) {
      detail((verdict.status() == Status.SKIP ? "skipped: " : "seen: ") + verdict.message());
    }
  }

  private void tellFinding(Verdict verdict) {
    Summary.rule(verdict)
        .ifPresent(
            rule -> detail("rule: " + rule.id() + " (" + rule.level() + "): " + rule.text()));
    detail(verdict.message());
    Summary.rule(verdict)
        .filter(rule -> !rule.look().isEmpty())
        .ifPresent(rule -> detail("look at: " + rule.look()));
    verdict.curl().ifPresent(this::detail);
  }

  private void detail(String text) {
    out.println("      " + Summary.printable(text));
  }

  /** Tells how the run ended. */
  public void end(ConformanceResult result) {
    result.end().ifPresent(this::tellEnd);
    if (result.end().isPresent()) {
      return;
    }
    Summary summary = new Summary(result);
    out.println();
    out.println("coverage: " + summary.coverageText());
    out.println("contract: " + Summary.contract());
    Set<String> missing = Coverage.operations(result).missing();
    if (!missing.isEmpty()) {
      out.println("not answered 200: " + String.join(", ", missing));
    }
    result.problems().forEach(problem -> out.println(painted(problem, RED)));
    summary.doubt().ifPresent(doubt -> out.println(painted(doubt, RED)));
    if (result.judgedNothing()) {
      out.println(painted(summary.headline(), RED));
    }
    out.println(
        painted(summary.counts(), result.exitCode() == 0 ? GREEN : RED) + "; " + summary.effort());
  }

  private void tellEnd(ConformanceResult.End end) {
    String message = Summary.printable(end.message());
    switch (end.reason()) {
      case RETIRED ->
          out.println(painted("retired", YELLOW) + ": the service answers 410: " + message);
      case UNREACHABLE -> out.println(painted("unreachable", RED) + ": " + message);
    }
  }

  private String mark(Status status) {
    return switch (status) {
      case PASS -> painted("pass", GREEN);
      case FAIL -> painted("FAIL", RED);
      case WARN -> painted("warn", YELLOW);
      case KNOWN -> painted("known", YELLOW);
      case SKIP -> painted("skip", YELLOW);
      case AWAY -> painted("AWAY", RED);
      case SLOW -> painted("SLOW", RED);
      case ERROR -> painted("ERROR", RED);
    };
  }

  private String painted(String text, String code) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
