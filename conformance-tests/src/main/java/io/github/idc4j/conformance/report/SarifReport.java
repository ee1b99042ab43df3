package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.internal.text.SafeText;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Outcome;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the violated rules as SARIF 2.1.0, for code scanning. */
final class SarifReport {

  private static final JsonMapper JSON = JsonMapper.shared();

  private SarifReport() {}

  static String text(ConformanceResult result) {
    Summary summary = new Summary(result);
    ObjectNode sarif = JSON.createObjectNode();
    sarif.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    sarif.put("version", "2.1.0");
    ObjectNode run = sarif.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver").put("name", "idc4j check");
    ArrayNode rules = driver.putArray("rules");
    Rules.all().forEach(rule -> rule(rules.addObject(), rule));
    ObjectNode invocation = run.putArray("invocations").addObject();
    ArrayNode notifications = invocation.putArray("toolExecutionNotifications");
    ArrayNode results = run.putArray("results");
    result.end().ifPresent(end -> notify(notifications, "error", end.message()));
    result.problems().forEach(problem -> notify(notifications, "error", problem));
    for (Outcome outcome : result.outcomes()) {
      switch (outcome.status()) {
        case FAIL -> finding(results.addObject(), outcome, "error");
        case WARN -> finding(results.addObject(), outcome, "warning");
        case KNOWN -> {
          ObjectNode known = results.addObject();
          finding(known, outcome, "error");
          known
              .withArray("suppressions")
              .addObject()
              .put("kind", "external")
              .put("justification", SafeText.sarif(outcome.message()));
        }
        // These outcomes violate no rule.
        case AWAY, SLOW, ERROR -> notify(notifications, "error", message(outcome));
        case PASS, SKIP, NOT_OFFERED -> {}
      }
    }
    boolean isSuccessful = notifications.isEmpty();
    summary.notices().forEach(notice -> notify(notifications, "warning", notice));
    invocation
        .put("executionSuccessful", isSuccessful)
        .put("exitCode", result.exitCode())
        .put("exitCodeDescription", summary.headline());
    ObjectNode properties = run.putObject("properties");
    properties.put("service", result.baseUrl().toString());
    properties.set("contract", JsonReport.contract());
    properties.set("counts", JsonReport.counts(result));
    return JsonReport.text(sarif);
  }

  private static void rule(ObjectNode entry, Rule rule) {
    entry.put("id", rule.id());
    entry.putObject("shortDescription").put("text", rule.text());
    entry
        .putObject("help")
        .put(
            "text",
            "Source: "
                + rule.source()
                + (rule.look().isEmpty() ? "" : "\nPossible causes: " + rule.look()));
    entry
        .putObject("defaultConfiguration")
        .put("level", rule.level() == Level.MUST ? "error" : "warning");
  }

  private static void notify(ArrayNode notifications, String level, String text) {
    notifications
        .addObject()
        .put("level", level)
        .putObject("message")
        .put("text", SafeText.sarif(text));
  }

  private static void finding(ObjectNode entry, Outcome outcome, String level) {
    Summary.rule(outcome).ifPresent(rule -> entry.put("ruleId", rule.id()));
    entry.put("level", level);
    entry.putObject("message").put("text", SafeText.sarif(message(outcome)));
    ObjectNode location = entry.putArray("locations").addObject();
    // Code scanning requires a path in the repository. This path does not exist.
    ObjectNode place = location.putObject("physicalLocation");
    place.putObject("artifactLocation").put("uri", "conformance/" + outcome.area());
    place.putObject("region").put("startLine", 1);
    location
        .putArray("logicalLocations")
        .addObject()
        .put("fullyQualifiedName", SafeText.line(outcome.area() + ": " + outcome.title()));
    // Code scanning uses this fingerprint to match the findings of two runs.
    entry.putObject("partialFingerprints").put("check/v1", outcome.id());
    // SARIF requires that either all results or no results have suppressions.
    entry.putArray("suppressions");
    outcome
        .evidence()
        .ifPresent(evidence -> JsonReport.evidence(entry.putObject("properties"), evidence));
  }

  private static String message(Outcome outcome) {
    return outcome.title()
        + ": "
        + outcome.message()
        + outcome.curl().map(curl -> "\n" + curl).orElse("");
  }
}
