package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Evidence;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Status;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The data of the HTML page; its template calls the methods by name. */
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

  /** An outcome with the number by which the page refers to it. */
  record Check(int number, Outcome outcome) {
    boolean finding() {
      return Summary.isFinding(outcome);
    }

    Optional<Rule> rule() {
      return Summary.rule(outcome);
    }

    /** Returns the class of the status for the style sheet. */
    String kind() {
      return StatusText.id(outcome.status());
    }

    Optional<Difference> difference() {
      return outcome.evidence().flatMap(Difference::of);
    }

    Optional<String> pointer() {
      return outcome.evidence().flatMap(Evidence::pointer);
    }

    /** Returns the variables of ID tokens that the commands need. */
    List<String> tokens() {
      return Stream.of(Caller.FIRST, Caller.SECOND)
          .map(Caller::shown)
          .filter(variable -> outcome.curl().orElse("").contains(variable))
          .toList();
    }

    Optional<Response> responseParts() {
      return outcome.evidence().flatMap(Evidence::response).map(Response::of);
    }
  }

  /** A response: its head, of which the first line is the status, and its body. */
  record Response(String status, String headers, String body) {
    static Response of(String text) {
      int status = text.indexOf('\n');
      int head = text.indexOf("\n\n");
      return head < 0
          ? new Response(text, "", "")
          : new Response(
              text.substring(0, status),
              text.substring(status, head).strip(),
              text.substring(head + 2));
    }
  }

  /** A check with a finding; the first of a rule is open. */
  record Finding(Check check, boolean first) {}

  /** A violated rule with its findings; without a rule, the checks without a result. */
  record RuleFindings(Optional<Rule> rule, String kind, List<Finding> findings) {}

  /** Members with a common name. */
  record Group<T>(String name, List<T> members) {}

  /** The checks of an area, with their numbers by status. */
  record AreaChecks(String name, List<Summary.Tally> tallies, List<Check> checks) {}

  /** A rule with the worst outcome of its checks: of all checks, then by operation. */
  record Row(Rule rule, List<Cell> cells) {
    /** Returns what follows the area in the rule's identifier. */
    String name() {
      return rule.id().substring(rule.area().length() + 1);
    }
  }

  /**
   * A cell of the table of rules and operations.
   *
   * @param status worst status; empty without a check
   * @param check check with that status; empty if the status comes from validated responses
   * @param isOfAnother whether the check failed at another rule
   */
  record Cell(Optional<Status> status, Optional<Check> check, boolean isOfAnother) {
    /** Returns the class of the status for the style sheet. */
    String kind() {
      return status.map(StatusText::id).orElse("") + (isOfAnother ? " other-rule" : "");
    }

    /** Returns a sign for a passed or skipped rule, and otherwise the words for the status. */
    String sign() {
      String words = status.map(StatusText::of).orElse("");
      return status.equals(Optional.of(Status.PASS))
          ? "✓"
          : status.equals(Optional.of(Status.SKIP)) ? "–" : isOfAnother ? "(" + words + ")" : words;
    }
  }

  ConformanceResult result() {
    return result;
  }

  Summary summary() {
    return summary;
  }

  /** Returns the class of the page's head for the style sheet. */
  String tone() {
    return switch (result.exitCode()) {
      case 0 -> StatusText.id(Status.PASS);
      case 1 -> StatusText.id(Status.FAIL);
      default -> StatusText.id(Status.AWAY);
    };
  }

  /** Returns the time of the report. */
  String date() {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
        .format(LocalDateTime.now(ZoneOffset.UTC));
  }

  boolean complete() {
    return result.end().isEmpty();
  }

  List<RuleFindings> findings() {
    return summary.findingsByRule().stream()
        .map(
            group ->
                new RuleFindings(
                    group.rule(), StatusText.id(group.status()), findings(group.outcomes())))
        .toList();
  }

  private List<Finding> findings(List<Outcome> outcomes) {
    List<Finding> findings = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      findings.add(new Finding(checks.get(outcome), findings.isEmpty()));
    }
    return findings;
  }

  /** Returns the number of checks with a finding. */
  int findingCount() {
    return summary.findings().size();
  }

  /** Returns the observed choices by rule. */
  List<Group<Check>> choices() {
    return grouped(
        summary.choices().stream().map(checks::get).toList(),
        check -> check.outcome().rules().get(0).id());
  }

  Set<String> operations() {
    return result.operations();
  }

  /** Returns the rules that the run has an outcome for, by area. */
  List<Group<Row>> matrix() {
    return grouped(
        Rules.all().stream()
            .map(rule -> new Row(rule, cells(rule)))
            .filter(row -> row.cells().get(0).status().isPresent())
            .toList(),
        row -> row.rule().area());
  }

  /** Returns the number of columns of the matrix. */
  int columns() {
    return 2 + operations().size();
  }

  private List<Cell> cells(Rule rule) {
    List<Cell> cells = new ArrayList<>();
    cells.add(cell(rule, summary.worst(rule), !result.coveredStatuses().isEmpty()));
    for (String operation : operations()) {
      boolean hasResponse =
          result.coveredStatuses().stream().anyMatch(status -> status.startsWith(operation + " "));
      cells.add(cell(rule, summary.worst(rule, operation), hasResponse));
    }
    return cells;
  }

  /** A rule of every response passed if there were responses and no check violated it. */
  private Cell cell(Rule rule, Optional<Outcome> worst, boolean hasResponse) {
    return worst.isEmpty() && rule.isOfEveryResponse() && hasResponse
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
