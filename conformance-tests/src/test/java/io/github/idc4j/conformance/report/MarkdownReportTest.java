package io.github.idc4j.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Status;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Markdown groups the findings by rule and fits into a comment. */
class MarkdownReportTest {

  private static final int COMMENT = 65_536;

  private static String text(ConformanceResult result) {
    return MarkdownReport.text(result);
  }

  private static Outcome failure(String message, String response) {
    return Runs.with(
        Runs.outcome(Status.FAIL, List.of(Runs.WORDY), "title", message), Runs.evidence(response));
  }

  @Test
  void aFindingHasItsEvidenceFolded() {
    assertThat(text(Runs.of(List.of(), failure("a [message]", "HTTP 200\n```\n</details>"))))
        .isEqualTo(
            """
            ## 1 rule failed

            Service: `http://127.0.0.1:8080/v1`

            **0 passed, 1 failed, 0 skipped**; 42 requests in 1.5 s, seed 7

            Coverage: %s

            Contract: %s

            ### Rule `paging.wordy` (MUST)

            The sentence of the rule.

            Possible causes: the paging of the service

            #### failed: `title`

            `a [message]`

            ```sh
            curl -si 'http://127.0.0.1:8080/v1/about'
            ```

            <details><summary>Evidence</summary>

            Difference:

            ```diff
            1 of 3 values missing
            - value 2: 2
            ```

            JSON pointer:

            ```
            /rows/1
            ```

            Request:

            ```
            GET http://127.0.0.1:8080/v1/about
            ```

            Response:

            ````
            HTTP 200
            ```
            </details>
            ````

            </details>
            """
                .formatted(
                    new Summary(Runs.of(List.of(), failure("", ""))).coverageText(),
                    Summary.contract()));
  }

  @Test
  void evidenceIsLeftOutBeforeFindings() {
    String text = text(Runs.of(failures(60, "m", "x".repeat(4000))));

    assertThat(text).hasSizeLessThan(COMMENT).doesNotContain("did not fit");
    assertThat(headings(text)).isEqualTo(60);
    assertThat(text.split("<details>", -1).length - 1).isBetween(1, 59);
  }

  @Test
  void omittedFindingsAreCounted() {
    String text = text(Runs.of(failures(300, "m".repeat(2000), "HTTP 200")));

    assertThat(text).hasSizeBetween(COMMENT * 9 / 10, COMMENT);
    int shown = headings(text);
    assertThat(shown).isBetween(20, 299);
    assertThat(text)
        .endsWith(
            "\n**"
                + (300 - shown)
                + " more findings did not fit; the HTML and JSON reports of this run have them"
                + " all.**\n");
  }

  @Test
  void observedChoicesAreListed() {
    assertThat(text(Runs.of(Runs.outcome(Status.PASS, "routes.not-found", "responds with <404>"))))
        .endsWith(
            """

            ### Observed choices

            - `check of routes.not-found`: `responds with <404>` (`routes.not-found`)
            """);
  }

  private static Outcome[] failures(int count, String message, String response) {
    return Collections.nCopies(count, failure(message, response)).toArray(Outcome[]::new);
  }

  private static int headings(String text) {
    return ReportCounts.byHeadingsOf(text).get(Status.FAIL);
  }
}
