package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.ConformanceResult;
import io.github.idc4j.conformance.Verdict;
import io.github.idc4j.conformance.Verdict.Status;
import io.github.idc4j.conformance.http.Evidence;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Outcomes of runs that nobody ran. */
final class Runs {

  /** What a service may answer that means harm to whoever reads the report. */
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
        verdict(Status.PASS, "metadata.about", "", "getAbout"),
        verdict(Status.PASS, "metadata.versions", "answers 404", "listVersions"),
        verdict(Status.FAIL, "paging.order", "the second row comes first", "previewQuery"),
        verdict(Status.WARN, "routes.security-headers", "a header is missing", "getAbout"),
        verdict(Status.KNOWN, "metadata.collections", "known until 2999-01-31", "listCollections"),
        verdict(Status.SKIP, "auth.account", "no ID token"),
        verdict(Status.SKIP, "cohorts.life", "no ID token"),
        verdict(Status.AWAY, "query.fields", "Connection reset", "previewQuery"),
        verdict(Status.SLOW, "query.echo", "no answer to GET /x within 30.0 s", "previewQuery"),
        verdict(Status.ERROR, "query.distinct", "java.lang.Error: x", "previewQuery"));
  }

  static ConformanceResult of(Verdict... verdicts) {
    return of(List.of("an entry is out of date"), verdicts);
  }

  static ConformanceResult of(List<String> problems, Verdict... verdicts) {
    return new ConformanceResult(
        URI.create("http://127.0.0.1:8080/v1"),
        List.of(verdicts),
        Optional.empty(),
        problems,
        Duration.ofMillis(1500),
        42,
        7,
        new TreeSet<>(Set.of("getAbout")),
        new TreeSet<>(
            Set.of("getAbout", "listVersions", "listCollections", "previewQuery", "getManifest")),
        new TreeSet<>(Set.of("getAbout 200", "listVersions 200")),
        new TreeSet<>(Set.of("getAbout 200", "listVersions 200", "listVersions 404")));
  }

  static ConformanceResult ended(ConformanceResult.Reason reason, String message) {
    ConformanceResult nothing = of(List.of());
    return new ConformanceResult(
        nothing.baseUrl(),
        List.of(),
        Optional.of(new ConformanceResult.End(reason, message)),
        List.of(),
        nothing.duration(),
        1,
        nothing.seed(),
        Set.of(),
        nothing.operations(),
        Set.of(),
        nothing.statuses());
  }

  static Verdict verdict(Status status, String rule, String message, String... operations) {
    return verdict(status, List.of(Rules.of(rule)), "check of " + rule, message, operations);
  }

  static Verdict verdict(
      Status status, List<Rule> rules, String title, String message, String... operations) {
    return new Verdict(
        rules.get(0).area(),
        title,
        rules,
        status,
        message,
        Set.of(operations),
        status == Status.PASS || status == Status.SKIP
            ? Optional.empty()
            : Optional.of(evidence("the answer")),
        Duration.ofMillis(20));
  }

  static Verdict with(Verdict verdict, Evidence evidence) {
    return new Verdict(
        verdict.area(),
        verdict.title(),
        verdict.rules(),
        verdict.status(),
        verdict.message(),
        verdict.operations(),
        Optional.of(evidence),
        verdict.duration());
  }

  static Evidence evidence(String answer) {
    return new Evidence(
        "GET http://127.0.0.1:8080/v1/about",
        Optional.of(answer),
        Optional.of("/rows/1"),
        Optional.of("[1, 2, 3]"),
        Optional.of("[1, 3]"),
        "curl -si 'http://127.0.0.1:8080/v1/about'");
  }
}
