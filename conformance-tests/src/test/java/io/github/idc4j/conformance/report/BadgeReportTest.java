package io.github.idc4j.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.rule.Rules;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** The badge has the verdict as text that a screen reader reads, and needs no other file. */
class BadgeReportTest {

  @TempDir Path folder;

  private String title(ConformanceResult result) throws IOException {
    String text = Badge.text(result);
    assertThat(text).doesNotContain("href", "url(http", "@import", "<script");
    Element svg = ReportCounts.xml(Files.writeString(folder.resolve("badge.svg"), text));
    assertThat(svg.getAttribute("role")).isEqualTo("img");
    Element title = (Element) svg.getElementsByTagName("title").item(0);
    assertThat(svg.getAttribute("aria-labelledby")).isEqualTo(title.getAttribute("id"));
    return title.getTextContent();
  }

  @Test
  void hasTheVerdictAndTheNumberOfRules() throws IOException {
    int all = Rules.all().size();
    assertThat(
            title(
                Runs.of(List.of(), Runs.outcome(Status.PASS, List.copyOf(Rules.all()), "all", ""))))
        .isEqualTo("idc4j conformance: passing " + all + " rules");
    assertThat(
            title(
                Runs.of(
                    Runs.outcome(Status.FAIL, "paging.order", "m"),
                    Runs.outcome(Status.FAIL, "paging.order", "m"),
                    Runs.outcome(Status.FAIL, "paging.end", "m"))))
        .isEqualTo("idc4j conformance: failing 2 rules");
  }

  @Test
  void aRunWithoutAVerdictHasNoResult() throws IOException {
    for (ConformanceResult result :
        List.of(
            Runs.of(List.of()),
            Runs.of(Runs.outcome(Status.PASS, "paging.order", "")),
            Runs.of(List.of(), Runs.outcome(Status.AWAY, "paging.order", "m")),
            Runs.ended(ConformanceResult.Reason.RETIRED, "gone"))) {
      assertThat(title(result)).isEqualTo("idc4j conformance: no result");
    }
  }
}
