package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.ConformanceResult;
import io.github.idc4j.conformance.Verdict;
import io.github.idc4j.conformance.rule.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes what a pull request's reader wants to know: the counts, and each failure. */
public final class MarkdownReport {

  private static final Set<Verdict.Status> TOLD =
      EnumSet.complementOf(EnumSet.of(Verdict.Status.PASS, Verdict.Status.SKIP));

  private MarkdownReport() {}

  /** Writes the file anew. */
  public static void write(ConformanceResult result, Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("## Conformance of " + escaped(result.baseUrl().toString()));
    lines.add("");
    lines.add(
        result
            .end()
            .map(
                end ->
                    "**"
                        + end.reason().name().toLowerCase(Locale.ROOT)
                        + "**: "
                        + escaped(end.message()))
            .orElseGet(
                () ->
                    "**"
                        + Counts.of(result)
                        + "**; "
                        + result.covered().size()
                        + " of "
                        + result.operations().size()
                        + " operations answered 200; "
                        + result.requests()
                        + " requests"));
    result.problems().forEach(problem -> lines.addAll(List.of("", "- " + escaped(problem))));
    result.verdicts().stream()
        .filter(verdict -> TOLD.contains(verdict.status()))
        .forEach(verdict -> tell(lines, verdict));
    Files.write(file, lines);
  }

  private static void tell(List<String> lines, Verdict verdict) {
    lines.add("");
    lines.add(
        "### "
            + verdict.status().name().toLowerCase(Locale.ROOT)
            + ": "
            + escaped(verdict.title()));
    for (Rule rule : verdict.rules().stream().limit(1).toList()) {
      lines.add("");
      lines.add("`" + rule.id() + "` (" + rule.level() + "): " + escaped(rule.text()));
    }
    lines.add("");
    lines.add(escaped(verdict.message()));
    verdict
        .curl()
        .ifPresent(
            curl -> {
              String fence = fence(curl);
              lines.addAll(List.of("", fence + "sh", curl, fence));
            });
  }

  /** Returns a fence that a text does not end by itself. */
  private static String fence(String text) {
    StringBuilder fence = new StringBuilder("```");
    while (text.contains(fence)) {
      fence.append('`');
    }
    return fence.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("([\\\\`*_\\[\\]|#])", "\\\\$1");
  }
}
