package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes broken rules as SARIF 2.1.0, for what shows the findings of many tools. */
final class SarifReport {

  private static final JsonMapper JSON = JsonMapper.shared();

  private SarifReport() {}

  static void write(ConformanceResult result, Path file) throws IOException {
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
    result.end().ifPresent(end -> notify(notifications, end.message()));
    result.problems().forEach(problem -> notify(notifications, problem));
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
              .put("justification", outcome.message());
        }
        // Nothing is known of the service's rules from these.
        case AWAY, SLOW, ERROR -> notify(notifications, text(outcome));
        case PASS, SKIP, NOT_OFFERED -> {}
      }
    }
    invocation
        .put("executionSuccessful", notifications.isEmpty())
        .put("exitCode", result.exitCode())
        .put("exitCodeDescription", new Summary(result).headline());
    ObjectNode properties = run.putObject("properties");
    properties.put("service", result.baseUrl().toString());
    properties.set("contract", JsonReport.contract());
    properties.set("counts", JsonReport.counts(result));
    result.notes().forEach(properties.putArray("notes")::add);
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(sarif) + "\n");
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
                + (rule.look().isEmpty() ? "" : "\nLook at: " + rule.look()));
    entry
        .putObject("defaultConfiguration")
        .put("level", rule.level() == Level.MUST ? "error" : "warning");
  }

  private static void notify(ArrayNode notifications, String text) {
    notifications.addObject().put("level", "error").putObject("message").put("text", text);
  }

  private static void finding(ObjectNode entry, Outcome outcome, String level) {
    Summary.rule(outcome).ifPresent(rule -> entry.put("ruleId", rule.id()));
    entry.put("level", level);
    entry.putObject("message").put("text", text(outcome));
    ObjectNode location = entry.putArray("locations").addObject();
    // What shows findings asks for a file of the repository; this one is none, but has no scheme.
    ObjectNode place = location.putObject("physicalLocation");
    place.putObject("artifactLocation").put("uri", "conformance/" + outcome.area());
    place.putObject("region").put("startLine", 1);
    location
        .putArray("logicalLocations")
        .addObject()
        .put("fullyQualifiedName", outcome.area() + ": " + outcome.title());
    // By which a finding of one run is known again in the next.
    entry.putObject("partialFingerprints").put("check/v1", outcome.id());
    // Either all findings say whether they are suppressed, or none.
    entry.putArray("suppressions");
    outcome
        .evidence()
        .ifPresent(evidence -> JsonReport.evidence(entry.putObject("properties"), evidence));
  }

  private static String text(Outcome outcome) {
    return outcome.title()
        + ": "
        + outcome.message()
        + outcome.curl().map(curl -> "\n" + curl).orElse("");
  }
}
