package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.internal.text.SafeText;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Reporter;
import io.github.idc4j.conformance.run.Status;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Prints a line for each check, grouped by area. Then prints the findings, grouped by rule, and a
 * summary.
 */
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
    out.println("Checking " + SafeText.consoleLine(baseUrl.toString()));
  }

  @Override
  public void checked(Outcome outcome) {
    if (!outcome.area().equals(area)) {
      area = outcome.area();
      out.println();
      out.println(painted(area, BOLD));
    }
    out.println("  " + mark(outcome.status()) + ": " + SafeText.consoleLine(outcome.title()));
    if (Summary.isFinding(outcome)) {
      Summary.violatedRule(outcome).ifPresent(rule -> detail("rule: " + name(rule)));
      detail(outcome.message());
      outcome.curl().ifPresent(this::detail);
    } else if (!outcome.message().isEmpty()) {
      detail((outcome.status() == Status.PASS ? "observed: " : "reason: ") + outcome.message());
    }
  }

  private static String name(Rule rule) {
    return rule.id() + " (" + rule.level() + ")";
  }

  private void detail(String text) {
    SafeText.console(text).lines().forEach(line -> out.println("      " + line));
  }

  @Override
  public void finished(ConformanceResult result) {
    Summary summary = new Summary(result);
    if (result.end().isPresent()) {
      printEnd(result.end().get());
      summary.notices().forEach(this::printProblem);
      return;
    }
    printFindings(
        summary.findingsByRule().stream().filter(group -> group.rule().isPresent()).toList());
    out.println();
    out.println("coverage: " + summary.coverageText());
    out.println("contract: " + Summary.contract());
    Set<String> missing = Coverage.operations(result).missing();
    if (!missing.isEmpty()) {
      out.println("operations without a 200 response: " + String.join(", ", missing));
    }
    result.problems().forEach(this::printProblem);
    summary.notices().forEach(this::printProblem);
    if (result.verifiedNothing() || result.verifiedTooLittle()) {
      printProblem(summary.headline());
    }
    out.println(
        painted(summary.counts(), result.exitCode() == 0 ? GREEN : RED) + "; " + summary.effort());
  }

  private void printFindings(List<Summary.RuleFindings> groups) {
    if (groups.isEmpty()) {
      return;
    }
    out.println();
    out.println(painted("Findings by rule", BOLD));
    for (Summary.RuleFindings group : groups) {
      Rule rule = group.rule().orElseThrow();
      out.println("  " + name(rule) + ": " + SafeText.consoleLine(rule.text()));
      if (!rule.look().isEmpty()) {
        detail("possible causes: " + rule.look());
      }
      group
          .outcomes()
          .forEach(
              outcome ->
                  out.println(
                      "      "
                          + mark(outcome.status())
                          + ": "
                          + SafeText.consoleLine(outcome.title())));
    }
  }

  private void printProblem(String text) {
    out.println(painted(SafeText.consoleLine(text), RED));
  }

  private void printEnd(ConformanceResult.End end) {
    String message = SafeText.consoleLine(end.message());
    switch (end.reason()) {
      case RETIRED ->
          out.println(painted("retired", YELLOW) + ": the service responds with 410: " + message);
      case UNREACHABLE -> out.println(painted("unreachable", RED) + ": " + message);
    }
  }

  private String mark(Status status) {
    return switch (status) {
      case PASS -> painted(StatusText.of(status), GREEN);
      case WARN, KNOWN, SKIP, NOT_OFFERED -> painted(StatusText.of(status), YELLOW);
      // In capitals, so that readers can find the line without color.
      case FAIL, AWAY, SLOW, ERROR -> painted(StatusText.of(status).toUpperCase(Locale.ROOT), RED);
    };
  }

  private String painted(String text, String code) {
    return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
