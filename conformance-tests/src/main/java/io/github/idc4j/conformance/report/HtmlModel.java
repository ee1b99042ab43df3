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

/** The data of the HTML page. The template of the page calls the methods by their names. */
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

  /** An outcome, and the number that identifies the check on the page. */
  record Check(int number, Outcome outcome) {
    boolean finding() {
      return Summary.isFinding(outcome);
    }

    Optional<Rule> rule() {
      return Summary.rule(outcome);
    }

    /** Returns the CSS class for the status. */
    String kind() {
      return StatusText.id(outcome.status());
    }

    Optional<Difference> difference() {
      return outcome.evidence().flatMap(Difference::of);
    }

    Optional<String> pointer() {
      return outcome.evidence().flatMap(Evidence::pointer);
    }

    /** Returns the environment variables with ID tokens that the curl commands use. */
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

  /** A response, split into its status line, its headers and its body. */
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

  /**
   * A check with a finding.
   *
   * @param first whether the check is the first of its rule; the page opens the details of this
   *     check only
   */
  record Finding(Check check, boolean first) {}

  /**
   * A violated rule with its findings.
   *
   * @param rule the violated rule; empty for findings without a violated rule, such as the findings
   *     of checks that got no response
   * @param kind CSS class for the worst status
   * @param findings the findings
   */
  record RuleFindings(Optional<Rule> rule, String kind, List<Finding> findings) {}

  /** Elements that have a name in common. */
  record Group<T>(String name, List<T> members) {}

  /** The checks of an area, and the number of checks for each status. */
  record AreaChecks(String name, List<Summary.Tally> tallies, List<Check> checks) {}

  /** A rule, with a cell for all checks of the rule and then a cell for each operation. */
  record Row(Rule rule, List<Cell> cells) {
    /** Returns the part of the rule's identifier that follows the area. */
    String name() {
      return rule.id().substring(rule.area().length() + 1);
    }
  }

  /**
   * A cell in the table of rules and operations.
   *
   * @param status the worst status; empty if neither a check nor a response verified the rule
   * @param check a check with this status; empty if no check verified the rule but responses were
   *     validated
   * @param isOfAnother whether the check failed because of another rule
   */
  record Cell(Optional<Status> status, Optional<Check> check, boolean isOfAnother) {
    /** Returns the CSS classes of the cell. */
    String kind() {
      return status.map(StatusText::id).orElse("") + (isOfAnother ? " other-rule" : "");
    }

    /** Returns a sign if the rule passed or was skipped, and otherwise the text for the status. */
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

  /** Returns the CSS class for the head of the page. */
  String tone() {
    return switch (result.exitCode()) {
      case 0 -> StatusText.id(Status.PASS);
      case 1 -> StatusText.id(Status.FAIL);
      default -> StatusText.id(Status.AWAY);
    };
  }

  /** Returns the current time in UTC. */
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

  /**
   * Returns the checks that observed which of several allowed behaviors the service has, grouped by
   * rule.
   */
  List<Group<Check>> choices() {
    return grouped(
        summary.choices().stream().map(checks::get).toList(),
        check -> check.outcome().rules().get(0).id());
  }

  Set<String> operations() {
    return result.operations();
  }

  /** Returns the rules that have an outcome in this run, grouped by area. */
  List<Group<Row>> matrix() {
    return grouped(
        Rules.all().stream()
            .map(rule -> new Row(rule, cells(rule)))
            .filter(row -> row.cells().get(0).status().isPresent())
            .toList(),
        row -> row.rule().area());
  }

  /** Returns the number of columns in the table of rules and operations. */
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

  /**
   * Returns a cell. A rule that applies to every response passed if there were responses and no
   * check found a violation.
   */
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

  /** Returns all rules, grouped by area. */
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
