package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Evidence;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Status;
import io.github.idc4j.openapi.IdcOpenApi;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the outcomes as JSON for programs. {@code report.schema.json} describes the format. */
final class JsonReport {

  /** Writes only ASCII, so that invisible characters from a service are visible in the file. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** The {@code $id} in {@code report.schema.json}. */
  static final String SCHEMA = "https://idc4j.github.io/report.schema.json";

  private static final int MAX_VALUE = 4000;

  private JsonReport() {}

  static String text(ConformanceResult result) {
    Summary summary = new Summary(result);
    ObjectNode report = JSON.createObjectNode();
    report.put("$schema", SCHEMA);
    report.put("service", result.baseUrl().toString());
    report.put("headline", summary.headline());
    report.put("exitCode", result.exitCode());
    result
        .end()
        .ifPresent(
            end ->
                report
                    .putObject("end")
                    .put("reason", end.reason().name().toLowerCase(Locale.ROOT))
                    .put("message", end.message()));
    report.set("contract", contract());
    report.set("counts", counts(result));
    report.put("requests", result.requests());
    report.put("seed", result.seed());
    report.put("seconds", result.duration().toMillis() / 1000.0);
    ObjectNode coverage = report.putObject("coverage");
    for (Coverage part : Coverage.of(result)) {
      ObjectNode entry = coverage.putObject(part.name());
      add(entry.putArray("covered"), part.covered());
      add(entry.putArray("missing"), part.missing());
    }
    add(report.putArray("notices"), summary.notices());
    add(report.putArray("problems"), result.problems());
    ArrayNode rules = report.putArray("rules");
    Rules.all().forEach(rule -> rule(rules.addObject(), rule));
    ArrayNode checks = report.putArray("checks");
    result.outcomes().forEach(outcome -> check(checks.addObject(), outcome));
    return text(report);
  }

  /** Returns formatted JSON with line breaks. */
  static String text(ObjectNode json) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
  }

  /** Returns the version and the checksum of the contract that the suite checks. */
  static ObjectNode contract() {
    return JSON.createObjectNode()
        .put("version", IdcOpenApi.version())
        .put("sha256", IdcOpenApi.sha256());
  }

  /** Returns the number of checks of each status. */
  static ObjectNode counts(ConformanceResult result) {
    ObjectNode counts = JSON.createObjectNode();
    for (Status status : Status.values()) {
      counts.put(StatusText.id(status), result.count(status));
    }
    return counts;
  }

  private static void rule(ObjectNode entry, Rule rule) {
    entry
        .put("id", rule.id())
        .put("level", rule.level().name())
        .put("text", rule.text())
        .put("source", rule.source());
    putText(entry, "sends", rule.sends());
    putText(entry, "skipped", rule.skipped());
    putText(entry, "lookAt", rule.look());
    putText(entry, "unchecked", rule.unchecked());
  }

  private static void check(ObjectNode check, Outcome outcome) {
    check
        .put("id", outcome.id())
        .put("area", outcome.area())
        .put("title", outcome.title())
        .put("status", StatusText.id(outcome.status()))
        .put("seconds", outcome.duration().toMillis() / 1000.0);
    add(check.putArray("rules"), outcome.rules().stream().map(Rule::id).toList());
    add(check.putArray("operations"), new TreeSet<>(outcome.operations()));
    putText(check, "message", outcome.message());
    outcome.evidence().ifPresent(evidence -> evidence(check.putObject("evidence"), evidence));
  }

  static void evidence(ObjectNode entry, Evidence evidence) {
    entry.put("request", evidence.request());
    evidence.response().ifPresent(text -> entry.put("response", text));
    evidence.pointer().ifPresent(text -> entry.put("pointer", text));
    evidence.expected().ifPresent(value -> entry.put("expected", cut(value)));
    evidence.actual().ifPresent(value -> entry.put("actual", cut(value)));
    Difference.of(evidence)
        .flatMap(Difference::text)
        .ifPresent(text -> entry.put("difference", text));
    entry.put("curl", evidence.curl());
  }

  private static String cut(String value) {
    return value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) + " ..." : value;
  }

  private static void putText(ObjectNode node, String name, String text) {
    if (!text.isEmpty()) {
      node.put(name, text);
    }
  }

  private static void add(ArrayNode array, Collection<String> texts) {
    texts.forEach(array::add);
  }
}
