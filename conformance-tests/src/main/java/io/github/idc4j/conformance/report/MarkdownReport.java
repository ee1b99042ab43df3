package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Evidence;
import io.github.idc4j.conformance.run.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what a pull request's reader wants to know: the counts, and each failure. It fits into a
 * comment.
 */
final class MarkdownReport {

  /** As many characters as a comment holds, less what the last sentences need. */
  private static final int ROOM = 65_536 - 500;

  private final StringBuilder text = new StringBuilder();

  private MarkdownReport() {}

  static void write(ConformanceResult result, Path file) throws IOException {
    MarkdownReport report = new MarkdownReport();
    report.tell(result);
    Files.writeString(file, report.text);
  }

  private void tell(ConformanceResult result) {
    Summary summary = new Summary(result);
    text.append("## ").append(summary.headline()).append("\n\n");
    text.append("Service: ").append(escaped(result.baseUrl().toString())).append("\n\n");
    result.notes().forEach(note -> text.append(escaped(note)).append("\n\n"));
    if (result.end().isPresent()) {
      text.append(escaped(result.end().get().message())).append('\n');
      return;
    }
    text.append("**")
        .append(summary.counts())
        .append("**; ")
        .append(summary.effort())
        .append("\n\nCoverage: ")
        .append(summary.coverageText())
        .append("\n\nContract: ")
        .append(Summary.contract())
        .append('\n');
    summary.doubt().ifPresent(doubt -> text.append('\n').append(escaped(doubt)).append('\n'));
    addAll(
        "known failures that are out of date",
        result.problems().stream().map(problem -> "\n- " + escaped(problem) + "\n").toList());
    addFindings(summary.findings());
    List<Outcome> choices = summary.choices();
    if (!choices.isEmpty() && add("\n### Observed choices\n\n")) {
      addAll("choices", choices.stream().map(MarkdownReport::choice).toList());
    }
  }

  /** Adds the failures, and what their checks met where that leaves room for all failures. */
  private void addFindings(List<Outcome> findings) {
    List<String> blocks = new ArrayList<>(findings.stream().map(MarkdownReport::finding).toList());
    int length = text.length() + blocks.stream().mapToInt(String::length).sum();
    for (int i = 0; i < blocks.size(); i++) {
      String details = findings.get(i).evidence().map(MarkdownReport::details).orElse("");
      if (length + details.length() <= ROOM) {
        length += details.length();
        blocks.set(i, blocks.get(i) + details);
      }
    }
    addAll("findings", blocks);
  }

  /** Adds as many as there is room for. */
  private void addAll(String name, List<String> blocks) {
    int shown = 0;
    while (shown < blocks.size() && add(blocks.get(shown))) {
      shown++;
    }
    tellRest(name, blocks.size() - shown);
  }

  private boolean add(String block) {
    boolean fits = text.length() + block.length() <= ROOM;
    if (fits) {
      text.append(block);
    }
    return fits;
  }

  private void tellRest(String name, int rest) {
    if (rest > 0) {
      text.append("\n**")
          .append(rest)
          .append(" more ")
          .append(name)
          .append(" did not fit; the HTML and JSON reports of this run have them all.**\n");
    }
  }

  private static String finding(Outcome outcome) {
    StringBuilder block =
        new StringBuilder("\n### " + outcome.status() + ": " + escaped(outcome.title()) + "\n\n");
    Summary.rule(outcome).ifPresent(rule -> block.append(sentence(rule)));
    block.append(escaped(outcome.message())).append('\n');
    Summary.rule(outcome)
        .filter(rule -> !rule.look().isEmpty())
        .ifPresent(rule -> block.append("\nLook at: ").append(escaped(rule.look())).append('\n'));
    outcome.curl().ifPresent(curl -> block.append('\n').append(fenced("sh", curl)));
    return block.toString();
  }

  private static String sentence(Rule rule) {
    return "`" + rule.id() + "` (" + rule.level() + "): " + escaped(rule.text()) + "\n\n";
  }

  private static String details(Evidence evidence) {
    StringBuilder block = new StringBuilder("\n<details><summary>What the check met</summary>\n");
    for (Summary.Part part : Summary.parts(evidence)) {
      block.append("\n").append(part.name()).append(":\n\n").append(fenced("", part.text()));
    }
    return block.append("\n</details>\n").toString();
  }

  private static String choice(Outcome outcome) {
    return "- "
        + escaped(outcome.title())
        + ": "
        + escaped(outcome.message())
        + Summary.rule(outcome).map(rule -> " (`" + rule.id() + "`)").orElse("")
        + "\n";
  }

  /** Puts a text between fences that it does not end by itself. */
  private static String fenced(String language, String text) {
    StringBuilder fence = new StringBuilder("```");
    while (text.contains(fence)) {
      fence.append('`');
    }
    return fence + language + "\n" + text + "\n" + fence + "\n";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("([\\\\`*_~\\[\\]|#])", "\\\\$1")
        .replaceAll("\\s*\\R\\s*", " ");
  }
}
