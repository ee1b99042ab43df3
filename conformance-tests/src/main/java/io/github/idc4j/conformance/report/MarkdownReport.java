package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.internal.text.SafeText;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Evidence;
import io.github.idc4j.conformance.run.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the counts and the findings as Markdown. The text is short enough for a comment on a pull
 * request.
 */
final class MarkdownReport {

  /** Maximum length of a comment, minus room for the last sentences. */
  private static final int ROOM = 65_536 - 500;

  private final StringBuilder text = new StringBuilder();

  private MarkdownReport() {}

  static String text(ConformanceResult result) {
    MarkdownReport report = new MarkdownReport();
    report.write(result);
    return report.text.toString();
  }

  private void write(ConformanceResult result) {
    Summary summary = new Summary(result);
    text.append("## ").append(summary.headline()).append("\n\n");
    text.append("Service: ").append(SafeText.code(result.baseUrl().toString())).append("\n\n");
    summary
        .notices()
        .forEach(notice -> text.append("**").append(SafeText.markdown(notice)).append("**\n\n"));
    if (result.end().isPresent()) {
      text.append(SafeText.code(result.end().get().message())).append('\n');
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
    addAll(
        "known failures that are out of date",
        result.problems().stream().map(problem -> "\n- " + SafeText.code(problem) + "\n").toList());
    addFindings(summary.findingsByRule());
    List<Outcome> choices = summary.choices();
    if (!choices.isEmpty() && add("\n### Observed choices\n\n")) {
      addAll("choices", choices.stream().map(MarkdownReport::choice).toList());
    }
  }

  /**
   * Adds the findings. Adds the evidence of a finding only if it leaves enough room for all
   * findings.
   */
  private void addFindings(List<Summary.RuleFindings> groups) {
    List<String> blocks = new ArrayList<>();
    List<String> details = new ArrayList<>();
    for (Summary.RuleFindings group : groups) {
      String heading = heading(group);
      for (Outcome outcome : group.outcomes()) {
        blocks.add(heading + finding(outcome));
        details.add(outcome.evidence().map(MarkdownReport::details).orElse(""));
        heading = "";
      }
    }
    int length = text.length() + blocks.stream().mapToInt(String::length).sum();
    for (int i = 0; i < blocks.size(); i++) {
      if (length + details.get(i).length() <= ROOM) {
        length += details.get(i).length();
        blocks.set(i, blocks.get(i) + details.get(i));
      }
    }
    addAll("findings", blocks);
  }

  /**
   * Adds as many blocks as fit, and then the number of the remaining blocks.
   *
   * @param name plural noun for the blocks
   */
  private void addAll(String name, List<String> blocks) {
    int shown = 0;
    while (shown < blocks.size() && add(blocks.get(shown))) {
      shown++;
    }
    addRest(name, blocks.size() - shown);
  }

  private boolean add(String block) {
    boolean fits = text.length() + block.length() <= ROOM;
    if (fits) {
      text.append(block);
    }
    return fits;
  }

  private void addRest(String name, int rest) {
    if (rest > 0) {
      text.append("\n**")
          .append(rest)
          .append(" more ")
          .append(name)
          .append(" did not fit; the HTML and JSON reports of this run have them all.**\n");
    }
  }

  private static String heading(Summary.RuleFindings group) {
    if (group.rule().isEmpty()) {
      return "\n### Checks without a result\n";
    }
    Rule rule = group.rule().get();
    return "\n### Rule `"
        + rule.id()
        + "` ("
        + rule.level()
        + ")\n\n"
        + SafeText.markdown(rule.text())
        + "\n"
        + (rule.look().isEmpty()
            ? ""
            : "\nPossible causes: " + SafeText.markdown(rule.look()) + "\n");
  }

  private static String finding(Outcome outcome) {
    String block =
        "\n#### "
            + StatusText.of(outcome.status())
            + ": "
            + SafeText.code(outcome.title())
            + "\n\n"
            + SafeText.code(outcome.message())
            + "\n";
    return block + outcome.curl().map(curl -> "\n" + SafeText.codeBlock("sh", curl)).orElse("");
  }

  private static String details(Evidence evidence) {
    StringBuilder block = new StringBuilder("\n<details><summary>Evidence</summary>\n");
    for (Summary.Part part : Summary.parts(evidence)) {
      String language = part.name().equals("Difference") ? "diff" : "";
      block
          .append("\n")
          .append(part.name())
          .append(":\n\n")
          .append(SafeText.codeBlock(language, part.text()));
    }
    return block.append("\n</details>\n").toString();
  }

  private static String choice(Outcome outcome) {
    return "- "
        + SafeText.code(outcome.title())
        + ": "
        + SafeText.code(outcome.message())
        + Summary.rule(outcome).map(rule -> " (`" + rule.id() + "`)").orElse("")
        + "\n";
  }
}
