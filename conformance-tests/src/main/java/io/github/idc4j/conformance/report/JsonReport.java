package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.ConformanceResult;
import io.github.idc4j.conformance.Verdict;
import io.github.idc4j.conformance.rule.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the verdicts as JSON, for programs; {@code report.schema.json} beside it says how. */
public final class JsonReport {

  private static final JsonMapper JSON = JsonMapper.shared();

  private JsonReport() {}

  /** Writes the file anew. */
  public static void write(ConformanceResult result, Path file) throws IOException {
    ObjectNode report = JSON.createObjectNode();
    report.put("service", result.baseUrl().toString());
    report.put("exitCode", result.exitCode());
    result
        .end()
        .ifPresent(
            end ->
                report
                    .putObject("end")
                    .put("reason", end.reason().name().toLowerCase(Locale.ROOT))
                    .put("message", end.message()));
    ObjectNode counts = report.putObject("counts");
    for (Verdict.Status status : Verdict.Status.values()) {
      counts.put(name(status), result.count(status));
    }
    report.put("requests", result.requests());
    report.put("seconds", result.duration().toMillis() / 1000.0);
    ObjectNode operations = report.putObject("operations");
    add(operations.putArray("covered"), result.covered());
    Set<String> missing = new TreeSet<>(result.operations());
    missing.removeAll(result.covered());
    add(operations.putArray("missing"), missing);
    result.problems().forEach(report.putArray("problems")::add);
    ArrayNode checks = report.putArray("checks");
    result.verdicts().forEach(verdict -> check(checks.addObject(), verdict));
    Files.writeString(
        file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
  }

  private static void add(ArrayNode array, Set<String> texts) {
    texts.forEach(array::add);
  }

  private static void check(ObjectNode check, Verdict verdict) {
    check
        .put("area", verdict.area())
        .put("title", verdict.title())
        .put("status", name(verdict.status()))
        .put("seconds", verdict.duration().toMillis() / 1000.0);
    ArrayNode rules = check.putArray("rules");
    for (Rule rule : verdict.rules()) {
      rules
          .addObject()
          .put("id", rule.id())
          .put("level", rule.level().name())
          .put("text", rule.text())
          .put("source", rule.source());
    }
    if (!verdict.message().isEmpty()) {
      check.put("message", verdict.message());
    }
    verdict.curl().ifPresent(curl -> check.put("curl", curl));
  }

  private static String name(Verdict.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
