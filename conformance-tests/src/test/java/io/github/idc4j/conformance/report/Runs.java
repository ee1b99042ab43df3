package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Evidence;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Status;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Invented results of runs. */
final class Runs {

  /** A text of a hostile service that attacks the reader of a report. */
  static final String HARMFUL =
      "<script>alert(1)</script>\"><img src=x onerror=alert(1)></pre>{{areas}}{{{areas}}}";

  /** A rule with every text. */
  static final Rule WORDY =
      new Rule(
          "paging.wordy",
          Level.MUST,
          "The sentence of the rule.",
          "contract: the source",
          "what is sent",
          "when it is skipped",
          "the paging of the service",
          "no reason");

  private Runs() {}

  /** One check of each status. */
  static ConformanceResult ofEveryStatus() {
    return of(
        outcome(Status.PASS, "metadata.about", "", "getAbout"),
        outcome(Status.PASS, "metadata.versions", "responds with 404", "listVersions"),
        outcome(Status.FAIL, "paging.order", "the second row comes first", "previewQuery"),
        outcome(Status.WARN, "routes.security-headers", "a header is missing", "getAbout"),
        outcome(Status.KNOWN, "metadata.collections", "known until 2999-01-31", "listCollections"),
        outcome(Status.SKIP, "auth.account", "no ID token"),
        outcome(Status.SKIP, "cohorts.life", "no ID token"),
        outcome(Status.NOT_OFFERED, "cohorts.list", "needs listCohorts"),
        outcome(Status.AWAY, "query.fields", "Connection reset", "previewQuery"),
        outcome(Status.SLOW, "query.echo", "no response to GET /x within 30.0 s", "previewQuery"),
        outcome(Status.ERROR, "query.distinct", "java.lang.Error: x", "previewQuery"));
  }

  static ConformanceResult of(Outcome... outcomes) {
    return of(List.of("an entry is out of date"), outcomes);
  }

  static ConformanceResult of(List<String> problems, Outcome... outcomes) {
    return new ConformanceResult(
        URI.create("http://127.0.0.1:8080/v1"),
        List.of(outcomes),
        Optional.empty(),
        Optional.empty(),
        problems,
        80,
        Duration.ofMillis(1500),
        42,
        7,
        new TreeSet<>(Set.of("getAbout")),
        new TreeSet<>(
            Set.of("getAbout", "listVersions", "listCollections", "previewQuery", "getManifest")),
        new TreeSet<>(Set.of("getAbout 200", "listVersions 200")),
        new TreeSet<>(Set.of("getAbout 200", "listVersions 200", "listVersions 404")),
        List.of());
  }

  static ConformanceResult ended(ConformanceResult.Reason reason, String message) {
    ConformanceResult nothing = of(List.of());
    return new ConformanceResult(
        nothing.baseUrl(),
        List.of(),
        Optional.of(new ConformanceResult.End(reason, message)),
        Optional.empty(),
        List.of(),
        80,
        nothing.duration(),
        1,
        nothing.seed(),
        Set.of(),
        nothing.operations(),
        Set.of(),
        nothing.statuses(),
        List.of());
  }

  static Outcome outcome(Status status, String rule, String message, String... operations) {
    return outcome(status, List.of(Rules.of(rule)), "check of " + rule, message, operations);
  }

  static Outcome outcome(
      Status status, List<Rule> rules, String title, String message, String... operations) {
    return new Outcome(
        rules.get(0).area() + "/" + title,
        rules.get(0).area(),
        title,
        rules,
        status,
        message,
        false,
        Set.of(operations),
        EnumSet.of(Status.PASS, Status.SKIP, Status.NOT_OFFERED).contains(status)
            ? Optional.empty()
            : Optional.of(evidence("the response")),
        Duration.ofMillis(20));
  }

  static Outcome with(Outcome outcome, Evidence evidence) {
    return new Outcome(
        outcome.id(),
        outcome.area(),
        outcome.title(),
        outcome.rules(),
        outcome.status(),
        outcome.message(),
        outcome.limited(),
        outcome.operations(),
        Optional.of(evidence),
        outcome.duration());
  }

  static Evidence evidence(String response) {
    return new Evidence(
        Optional.empty(),
        "GET http://127.0.0.1:8080/v1/about",
        Optional.of(response),
        Optional.of("/rows/1"),
        Optional.of("[1, 2, 3]"),
        Optional.of("[1, 3]"),
        "curl -si 'http://127.0.0.1:8080/v1/about'");
  }
}
