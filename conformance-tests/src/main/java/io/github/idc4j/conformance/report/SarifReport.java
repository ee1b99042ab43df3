package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.ConformanceResult;
import io.github.idc4j.conformance.Verdict;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes broken rules as SARIF 2.1.0, for what shows the findings of many tools. */
public final class SarifReport {

  private static final JsonMapper JSON = JsonMapper.shared();

  private SarifReport() {}

  /** Writes the file anew. */
  public static void write(ConformanceResult result, Path file) throws IOException {
    ObjectNode sarif = JSON.createObjectNode();
    sarif.put("version", "2.1.0");
    ObjectNode run = sarif.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "idc4j check");
    ArrayNode rules = driver.putArray("rules");
    for (Rule rule : Rules.all()) {
      ObjectNode entry = rules.addObject().put("id", rule.id());
      entry.putObject("shortDescription").put("text", rule.text());
      entry.putObject("help").put("text", "Source: " + rule.source());
      entry
          .putObject("defaultConfiguration")
          .put("level", rule.level() == Level.MUST ? "error" : "warning");
    }
    ArrayNode results = run.putArray("results");
    for (Verdict verdict : result.verdicts()) {
      switch (verdict.status()) {
        case FAIL -> add(results, result, verdict, "error", false);
        case WARN -> add(results, result, verdict, "warning", false);
        case KNOWN -> add(results, result, verdict, "error", true);
        // Nothing is known of the service's rules from these.
        case PASS, SKIP, AWAY, ERROR -> {}
      }
    }
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(sarif) + "\n");
  }

  private static void add(
      ArrayNode results, ConformanceResult result, Verdict verdict, String level, boolean known) {
    ObjectNode entry = results.addObject();
    verdict.rules().stream().findFirst().ifPresent(rule -> entry.put("ruleId", rule.id()));
    entry.put("level", level);
    entry
        .putObject("message")
        .put(
            "text",
            verdict.title()
                + ": "
                + verdict.message()
                + verdict.curl().map(curl -> "\n" + curl).orElse(""));
    ObjectNode location = entry.putArray("locations").addObject();
    location
        .putObject("physicalLocation")
        .putObject("artifactLocation")
        .put("uri", result.baseUrl().toString());
    location
        .putArray("logicalLocations")
        .addObject()
        .put("fullyQualifiedName", verdict.area() + ": " + verdict.title());
    if (known) {
      entry.putArray("suppressions").addObject().put("kind", "external");
    }
  }
}
