package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Reporter;
import io.github.idc4j.conformance.run.Status;
import java.io.PrintStream;
import java.net.URI;
import java.util.Set;

/** Prints a line per check, grouped by area, and a summary. */
final class ConsoleReport implements Reporter {

  private static final String RED = "31";
  private static final String GREEN = "32";
  private static final String YELLOW = "33";
  private static final String BOLD = "1";

  private final PrintStream out;
  private final boolean color;
  private String area = "";

  ConsoleReport(PrintStream out, boolean color) {
    this.out = out;
    this.color = color;
  }

  @Override
  public void started(URI baseUrl) {
    out.println("Checking " + baseUrl);
  }

  @Override
  public void checked(Outcome outcome) {
    if (!outcome.area().equals(area)) {
      area = outcome.area();
      out.println();
      out.println(painted(area, BOLD));
    }
    out.println("  " + mark(outcome.status()) + " " + outcome.title());
    if (Summary.isFinding(outcome)) {
      printFinding(outcome);
    } else if (!outcome.message().isEmpty()) {
      detail(lead(outcome.status()) + outcome.message());
    }
  }

  private void printFinding(Outcome outcome) {
    Summary.rule(outcome)
        .ifPresent(
            rule -> detail("rule: " + rule.id() + " (" + rule.level() + "): " + rule.text()));
    detail(outcome.message());
    Summary.rule(outcome)
        .filter(rule -> !rule.look().isEmpty())
        .ifPresent(rule -> detail("look at: " + rule.look()));
    outcome.curl().ifPresent(this::detail);
  }

  private void detail(String text) {
    out.println("      " + Summary.printable(text));
  }

  @Override
  public void finished(ConformanceResult result) {
    result.end().ifPresent(this::printEnd);
    result.notes().forEach(note -> out.println(painted(note, YELLOW)));
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
    if (result.verifiedNothing() || result.verifiedTooLittle()) {
      out.println(painted(summary.headline(), RED));
    }
    out.println(
        painted(summary.counts(), result.exitCode() == 0 ? GREEN : RED) + "; " + summary.effort());
  }

  private void printEnd(ConformanceResult.End end) {
    String message = Summary.printable(end.message());
    switch (end.reason()) {
      case RETIRED ->
          out.println(painted("retired", YELLOW) + ": the service answers 410: " + message);
      case UNREACHABLE -> out.println(painted("unreachable", RED) + ": " + message);
    }
  }

  private static String lead(Status status) {
    return switch (status) {
      case SKIP -> "skipped: ";
      case NOT_OFFERED -> "not offered: ";
      default -> "seen: ";
    };
  }

  private String mark(Status status) {
    return switch (status) {
      case PASS -> painted("pass", GREEN);
      case FAIL -> painted("FAIL", RED);
      case WARN -> painted("warn", YELLOW);
      case KNOWN -> painted("known", YELLOW);
      case SKIP -> painted("skip", YELLOW);
      case NOT_OFFERED -> painted("n/a", YELLOW);
      case AWAY -> painted("AWAY", RED);
      case SLOW -> painted("SLOW", RED);
      case ERROR -> painted("ERROR", RED);
    };
  }

  private String painted(String text, String code) {
    return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
