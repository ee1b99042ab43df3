package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.ConformanceResult;
import io.github.idc4j.conformance.Verdict;
import io.github.idc4j.conformance.rule.Rule;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

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
    switch (verdict.status()) {
      case PASS -> {}
      case SKIP -> out.println("      skipped: " + verdict.message());
      case FAIL, WARN, KNOWN, AWAY, ERROR -> {
        List<Rule> rules = verdict.rules();
        if (!rules.isEmpty()) {
          Rule rule = rules.get(0);
          out.println("      rule: " + rule.id() + " (" + rule.level() + "): " + rule.text());
        }
        out.println("      " + verdict.message());
        verdict.curl().ifPresent(curl -> out.println("      " + curl));
      }
    }
  }

  /** Tells how the run ended. */
  public void end(ConformanceResult result) {
    result.end().ifPresent(this::tellEnd);
    if (result.end().isPresent()) {
      return;
    }
    out.println();
    Set<String> missing = new TreeSet<>(result.operations());
    missing.removeAll(result.covered());
    out.printf(
        Locale.ROOT,
        "operations: %d of %d answered 200: %s%n",
        result.covered().size(),
        result.operations().size(),
        String.join(", ", result.covered()));
    if (!missing.isEmpty()) {
      out.println("not answered 200: " + String.join(", ", missing));
    }
    result.problems().forEach(problem -> out.println(painted(problem, RED)));
    out.println(
        painted(Counts.of(result), result.exitCode() == 0 ? GREEN : RED)
            + String.format(
                Locale.ROOT,
                "; %d requests in %.1f s",
                result.requests(),
                result.duration().toMillis() / 1000.0));
  }

  private void tellEnd(ConformanceResult.End end) {
    switch (end.reason()) {
      case RETIRED ->
          out.println(painted("retired", YELLOW) + ": the service answers 410: " + end.message());
      case UNREACHABLE -> out.println(painted("unreachable", RED) + ": " + end.message());
    }
  }

  private String mark(Verdict.Status status) {
    return switch (status) {
      case PASS -> painted("pass", GREEN);
      case FAIL -> painted("FAIL", RED);
      case WARN -> painted("warn", YELLOW);
      case KNOWN -> painted("known", YELLOW);
      case SKIP -> painted("skip", YELLOW);
      case AWAY -> painted("AWAY", RED);
      case ERROR -> painted("ERROR", RED);
    };
  }

  private String painted(String text, String code) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
