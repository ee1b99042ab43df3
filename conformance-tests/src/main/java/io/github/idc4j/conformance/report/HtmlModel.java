package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Evidence;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the HTML page shows; its template calls the methods by name. */
final class HtmlModel {

  private final ConformanceResult result;
  private final Summary summary;
  private final IdentityHashMap<Outcome, Check> checks = new IdentityHashMap<>();

  HtmlModel(ConformanceResult result) {
    this.result = result;
    this.summary = new Summary(result);
    for (Outcome outcome : result.outcomes()) {
      checks.put(outcome, new Check(checks.size() + 1, outcome));
    }
  }

  /** A outcome with the number by which the page refers to it. */
  record Check(int number, Outcome outcome) {
    boolean finding() {
      return Summary.isFinding(outcome);
    }

    Optional<Rule> rule() {
      return Summary.rule(outcome);
    }

    Optional<Difference> difference() {
      return outcome.evidence().flatMap(Summary::difference);
    }

    Optional<String> pointer() {
      return outcome.evidence().flatMap(Evidence::pointer);
    }
  }

  /** A failure; the first of a rule is shown at once. */
  record Finding(Check check, boolean first) {}

  /** Some things that belong together. */
  record Group<T>(String name, List<T> members) {}

  /** The checks of an area, with how many of them passed, failed and so on. */
  record AreaChecks(String name, List<Summary.Tally> tallies, List<Check> checks) {}

  /** A rule with the outcome of its checks: of all, then by operation. */
  record Row(Rule rule, List<Cell> cells) {
    /** Returns what follows the area in the rule's identifier. */
    String name() {
      return rule.id().substring(rule.area().length() + 1);
    }
  }

  /**
   * An outcome, if there is one.
   *
   * @param check the check that has it, if it is one
   * @param ofAnother whether the check failed at another rule
   */
  record Cell(Optional<Status> status, Optional<Check> check, boolean ofAnother) {
    /** Returns a sign where the outcome is good, and otherwise its name. */
    String sign() {
      String name = status.map(Summary::name).orElse("");
      return status.equals(Optional.of(Status.PASS)) ? "✓" : ofAnother ? "(" + name + ")" : name;
    }
  }

  ConformanceResult result() {
    return result;
  }

  Summary summary() {
    return summary;
  }

  /** Returns the class of the page's head. */
  String tone() {
    return switch (result.exitCode()) {
      case 0 -> "pass";
      case 1 -> "fail";
      default -> "away";
    };
  }

  boolean complete() {
    return result.end().isEmpty();
  }

  List<Finding> findings() {
    Set<Rule> reported = new HashSet<>();
    List<Finding> findings = new ArrayList<>();
    for (Outcome outcome : summary.findings()) {
      boolean first = Summary.rule(outcome).map(reported::add).orElse(true);
      findings.add(new Finding(checks.get(outcome), first));
    }
    return findings;
  }

  /** Returns the variables of ID tokens that the commands of failures need. */
  List<String> tokens() {
    return Stream.of(Caller.FIRST, Caller.SECOND)
        .map(Caller::shown)
        .filter(
            variable ->
                summary.findings().stream()
                    .flatMap(outcome -> outcome.curl().stream())
                    .anyMatch(curl -> curl.contains(variable)))
        .toList();
  }

  List<Check> choices() {
    return summary.choices().stream().map(checks::get).toList();
  }

  Set<String> operations() {
    return result.operations();
  }

  /** Returns the rules that the run asked, by area. */
  List<Group<Row>> matrix() {
    return grouped(
        Rules.all().stream()
            .map(rule -> new Row(rule, cells(rule)))
            .filter(row -> row.cells().get(0).status().isPresent())
            .toList(),
        row -> row.rule().area());
  }

  /** Returns the number of the matrix's columns. */
  int columns() {
    return 2 + operations().size();
  }

  private List<Cell> cells(Rule rule) {
    List<Cell> cells = new ArrayList<>();
    cells.add(cell(rule, summary.worst(rule), !result.coveredStatuses().isEmpty()));
    for (String operation : operations()) {
      boolean answered =
          result.coveredStatuses().stream().anyMatch(status -> status.startsWith(operation + " "));
      cells.add(cell(rule, summary.worst(rule, operation), answered));
    }
    return cells;
  }

  /** A rule of every answer holds where there were answers and no check tells otherwise. */
  private Cell cell(Rule rule, Optional<Outcome> worst, boolean answered) {
    return worst.isEmpty() && rule.isOfEveryResponse() && answered
        ? new Cell(Optional.of(Status.PASS), Optional.empty(), false)
        : new Cell(
            worst.map(Outcome::status),
            worst.map(checks::get),
            worst.map(outcome -> Summary.isOfAnother(rule, outcome)).orElse(false));
  }

  List<AreaChecks> areas() {
    return grouped(result.outcomes(), Outcome::area).stream()
        .map(
            area ->
                new AreaChecks(
                    area.name(),
                    Summary.tallies(area.members()),
                    area.members().stream().map(checks::get).toList()))
        .toList();
  }

  List<Group<Check>> skips() {
    return summary.skips().entrySet().stream()
        .map(skip -> new Group<>(skip.getKey(), skip.getValue().stream().map(checks::get).toList()))
        .toList();
  }

  /** Returns the catalogue. */
  List<Group<Rule>> rules() {
    return grouped(Rules.all(), Rule::area);
  }

  private static <T> List<Group<T>> grouped(Collection<T> members, Function<T, String> name) {
    return members.stream()
        .collect(Collectors.groupingBy(name, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(group -> new Group<>(group.getKey(), group.getValue()))
        .toList();
  }
}
