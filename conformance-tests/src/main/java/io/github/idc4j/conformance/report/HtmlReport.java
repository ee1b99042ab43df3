package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.ConformanceResult;
import io.github.idc4j.conformance.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Writes the verdicts as one page that needs nothing else. */
public final class HtmlReport {

  private HtmlReport() {}

  /** Writes the file anew. */
  public static void write(ConformanceResult result, Path file) throws IOException {
    String page;
    try (InputStream template = HtmlReport.class.getResourceAsStream("report.html")) {
      page = new String(template.readAllBytes(), StandardCharsets.UTF_8);
    }
    Files.writeString(
        file,
        page.replace("{{service}}", escaped(result.baseUrl().toString()))
            .replace("{{verdict}}", escaped(verdict(result)))
            .replace("{{class}}", result.exitCode() == 0 ? "pass" : "fail")
            .replace("{{facts}}", escaped(facts(result)))
            .replace("{{areas}}", areas(result)));
  }

  private static String verdict(ConformanceResult result) {
    return result
        .end()
        .map(end -> end.reason().name().toLowerCase(Locale.ROOT) + ": " + end.message())
        .orElseGet(() -> Counts.of(result));
  }

  private static String facts(ConformanceResult result) {
    return String.format(
        Locale.ROOT,
        "%d of %d operations answered 200; %d requests in %.1f s",
        result.covered().size(),
        result.operations().size(),
        result.requests(),
        result.duration().toMillis() / 1000.0);
  }

  private static String areas(ConformanceResult result) {
    Map<String, StringJoiner> areas = new LinkedHashMap<>();
    for (Verdict verdict : result.verdicts()) {
      areas
          .computeIfAbsent(
              verdict.area(),
              area ->
                  new StringJoiner(
                      "\n", "<section><h2>" + escaped(area) + "</h2><ul>", "</ul></section>"))
          .add(check(verdict));
    }
    return String.join("\n", areas.values().stream().map(StringJoiner::toString).toList());
  }

  private static String check(Verdict verdict) {
    String status = verdict.status().name().toLowerCase(Locale.ROOT);
    String line =
        "<span class=\"mark " + status + "\">" + status + "</span> " + escaped(verdict.title());
    if (verdict.status() == Verdict.Status.PASS) {
      return "<li>" + line + "</li>";
    }
    StringBuilder details = new StringBuilder();
    verdict.rules().stream()
        .limit(1)
        .forEach(
            rule ->
                details.append(
                    "<p><b>"
                        + escaped(rule.id())
                        + "</b> ("
                        + rule.level()
                        + "; "
                        + escaped(rule.source())
                        + "): "
                        + escaped(rule.text())
                        + "</p>"));
    details.append("<p>" + escaped(verdict.message()) + "</p>");
    verdict.curl().ifPresent(curl -> details.append("<pre>" + escaped(curl) + "</pre>"));
    return "<li><details"
        + (verdict.status() == Verdict.Status.SKIP ? "" : " open")
        + "><summary>"
        + line
        + "</summary>"
        + details
        + "</details></li>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
