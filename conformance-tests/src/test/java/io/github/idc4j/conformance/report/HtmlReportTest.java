package io.github.idc4j.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Evidence;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Status;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** The page is safe to open, works offline, and has what a person needs to fix a finding. */
class HtmlReportTest {

  private static Document page(ConformanceResult result) {
    return Jsoup.parse(HtmlReport.text(result));
  }

  @Test
  void textOfTheServiceIsShownAndNotInterpreted() {
    String harmful = Runs.HARMFUL;
    String expected = harmful + "1" + harmful + "2" + harmful;
    String actual = harmful + "3" + harmful + "4" + harmful;
    Evidence evidence =
        new Evidence(
            Optional.of(harmful),
            harmful,
            Optional.of(harmful),
            Optional.of(harmful),
            Optional.of(expected),
            Optional.of(actual),
            harmful);
    List<Rule> rules = List.of(Rules.of("paging.order"));
    Document page =
        page(
            Runs.of(
                List.of(harmful),
                Runs.with(Runs.outcome(Status.FAIL, rules, harmful, harmful), evidence),
                Runs.outcome(Status.PASS, rules, harmful, harmful),
                Runs.outcome(Status.SKIP, rules, harmful, harmful)));

    assertThat(page.select("script")).as("scripts: the page's own").hasSize(1);
    assertThat(page.select("img, iframe, object, [onerror], [onclick]")).isEmpty();
    assertThat(
            List.of(
                page.selectFirst(".problem").wholeText(),
                page.selectFirst(".finding h4").wholeText(),
                page.selectFirst(".message").wholeText(),
                page.selectFirst(".pointer code").wholeText(),
                page.selectFirst(".curl").wholeText(),
                page.selectFirst(".request pre").wholeText(),
                page.selectFirst(".response h5").wholeText().replaceFirst("Response: ", ""),
                page.selectFirst("#skipped h3").wholeText()))
        .containsOnly(harmful);
    assertThat(page.selectFirst(".expected pre").wholeText()).isEqualTo(expected);
    assertThat(page.selectFirst(".actual pre").wholeText()).isEqualTo(actual);
    assertThat(page.selectFirst("#choices li").wholeText()).startsWith(harmful + ": " + harmful);
  }

  @Test
  void thePageWorksOffline() {
    Document page = page(Runs.ofEveryStatus());

    assertThat(page.select("[src], link, base, form")).isEmpty();
    assertThat(page.select("a").eachAttr("href"))
        .isNotEmpty()
        .allSatisfy(
            address -> {
              assertThat(address).startsWith("#");
              assertThat(page.getElementById(address.substring(1))).as(address).isNotNull();
            });
    assertThat(page.select("style").html()).doesNotContain("@import").doesNotContain("url(");
    assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
        .startsWith("default-src 'none'");
  }

  @Test
  void aFindingHasRuleDifferenceExchangeAndCommands() {
    Outcome failure =
        Runs.with(
            Runs.outcome(Status.FAIL, List.of(Runs.WORDY), "A title", "A message"),
            new Evidence(
                Optional.of("previewManifest"),
                "GET /x",
                Optional.of("HTTP 200\nA: b\n\nthe body"),
                Optional.of("/rows/1"),
                Optional.of("[1, 2, 3]"),
                Optional.of("[1, 3]"),
                "curl -H \"Authorization: Bearer $IDC4J_TOKEN\" 'x'"));
    Document page = page(Runs.of(failure));
    Element rule = page.selectFirst("#findings section.rule");
    Element finding = rule.selectFirst(".finding");

    assertThat(rule.select("h3").text()).isEqualTo("paging.wordy");
    assertThat(rule.select(".rule-text").text())
        .isEqualTo("MUST The sentence of the rule. contract: the source");
    assertThat(rule.select(".look").text()).isEqualTo("Possible causes: the paging of the service");
    assertThat(finding.hasAttr("open")).isTrue();
    assertThat(finding.select("summary .badge").text()).isEqualTo("failed");
    assertThat(finding.select("h4").text()).isEqualTo("A title");
    assertThat(finding.select(".message").text()).isEqualTo("A message");
    assertThat(finding.select(".difference h5").text()).isEqualTo("1 of 3 values missing");
    assertThat(finding.select(".difference pre .missing").eachText())
        .containsExactly("- value 2: 2");
    assertThat(finding.select(".compared")).isEmpty();
    assertThat(finding.select(".pointer code").text()).isEqualTo("/rows/1");
    assertThat(finding.select(".request pre").text()).isEqualTo("GET /x");
    assertThat(finding.select(".response h5").text()).isEqualTo("Response: HTTP 200");
    assertThat(finding.select(".response details pre").text()).isEqualTo("A: b");
    assertThat(finding.select(".response .body").text()).isEqualTo("the body");
    assertThat(finding.select(".curl").text()).endsWith(" 'x'");
    assertThat(finding.select("button[hidden]").text()).isEqualTo("Copy");
    assertThat(finding.select(".token").text()).startsWith("The commands read $IDC4J_TOKEN.");
    assertThat(finding.select(".legend").text()).isEqualTo("- missing");
    assertThat(rule.select(".again code").text())
        .isEqualTo(
            "./idc4j check --base-url http://127.0.0.1:8080/v1 --rule paging.wordy --seed 7");
  }

  @Test
  void findingsAreGroupedByRuleWithTheWorstFirst() {
    Document page =
        page(
            Runs.of(
                Runs.outcome(Status.AWAY, "query.fields", "no response"),
                Runs.outcome(Status.WARN, "routes.security-headers", "warned"),
                Runs.outcome(Status.FAIL, "paging.order", "first"),
                Runs.outcome(Status.FAIL, "paging.end", "other"),
                Runs.outcome(Status.FAIL, "paging.order", "second")));

    assertThat(page.select("#findings .rule h3").eachText())
        .containsExactly(
            "paging.order", "paging.end", "routes.security-headers", "Checks without a result");
    assertThat(page.select(".finding .message").eachText())
        .containsExactly("first", "second", "other", "warned", "no response");
    assertThat(page.select(".finding[open] .message").eachText())
        .containsExactly("first", "other", "warned", "no response");
    assertThat(page.select("#findings").text().split(Rules.of("paging.order").text(), -1))
        .as("the text of the rule is there once")
        .hasSize(2);
    assertThat(page.select("h1").text()).isEqualTo("2 rules failed");
  }

  @Test
  void aCellOfTheMatrixHasTheWorstOutcomeAndLinksToIt() {
    List<Rule> rules = List.of(Rules.of("paging.order"), Rules.of("paging.end"));
    Document page =
        page(
            Runs.of(
                Runs.outcome(Status.PASS, rules, "one", "", "previewQuery", "getManifest"),
                Runs.outcome(Status.FAIL, rules, "two", "wrong", "previewQuery"),
                Runs.outcome(Status.SKIP, "auth.account", "no ID token")));

    assertThat(signs(page, "paging.order"))
        .isEqualTo("all checks failed, getManifest ✓, previewQuery failed");
    assertThat(signs(page, "paging.end"))
        .isEqualTo("all checks (failed), getManifest ✓, previewQuery (failed)");
    assertThat(signs(page, "auth.account")).isEqualTo("all checks –");
    assertThat(signs(page, "spec.body"))
        .as("passed where there were responses")
        .isEqualTo("all checks ✓, getAbout ✓, listVersions ✓");
    Element failed = page.selectFirst("#matrix td.failed a");
    assertThat(failed.attr("aria-label")).isEqualTo("failed");
    assertThat(page.getElementById(failed.attr("href").substring(1)).select("h4").text())
        .isEqualTo("two");
    assertThat(page.select("#matrix th:not([scope])")).isEmpty();
    assertThat(page.select("#matrix tbody th[scope=row]")).hasSize(8);
  }

  @Test
  void aFailureIsShownAtTheOperationWhoseResponseIsWrong() {
    Outcome failure =
        Runs.outcome(
            Status.FAIL, "paging.order", "wrong", "previewQuery", "getNextQueryPage", "getAbout");
    Evidence evidence = Runs.evidence("the response");
    Document page =
        page(
            Runs.of(
                Runs.with(
                    failure,
                    new Evidence(
                        Optional.of("previewQuery"),
                        evidence.request(),
                        evidence.response(),
                        evidence.pointer(),
                        evidence.expected(),
                        evidence.actual(),
                        evidence.curl()))));

    assertThat(signs(page, "paging.order")).isEqualTo("all checks failed, previewQuery failed");
  }

  @Test
  void aRuleFailedIfOneCheckFoundItEvenIfAnotherCheckFailedBefore() {
    Rule order = Rules.of("paging.order");
    Rule end = Rules.of("paging.end");
    Document page =
        page(
            Runs.of(
                Runs.outcome(Status.FAIL, List.of(order, end), "one", "wrong", "previewQuery"),
                Runs.outcome(Status.FAIL, List.of(end), "two", "wrong", "previewQuery")));

    assertThat(signs(page, "paging.end")).isEqualTo("all checks failed, previewQuery failed");
  }

  /** Returns the signs of a row of the matrix, by column. */
  private static String signs(Document page, String rule) {
    List<String> columns = page.select("#matrix thead th").eachText();
    Element row = page.selectFirst("#matrix a[href=#rule-" + rule + "]").closest("tr");
    StringBuilder signs = new StringBuilder();
    for (int i = 1; i < columns.size(); i++) {
      String sign = row.child(i).text();
      if (!sign.isEmpty()) {
        signs.append(signs.isEmpty() ? "" : ", ").append(columns.get(i)).append(' ').append(sign);
      }
    }
    return signs.toString();
  }

  @Test
  void skippedChecksAreGroupedByReason() {
    Document page = page(Runs.ofEveryStatus());

    assertThat(page.select("#skipped details")).hasSize(2);
    assertThat(page.select("#skipped summary").text())
        .isEqualTo("no ID token 2 needs listCohorts 1");
    assertThat(page.select("#skipped li").eachText())
        .containsExactly("check of auth.account", "check of cohorts.life", "check of cohorts.list");
  }

  @Test
  void everyRuleIsListedWithItsTexts() {
    Document page = page(Runs.ofEveryStatus());

    assertThat(page.select("#rules .entry h4 code").eachText())
        .containsExactlyElementsOf(Rules.all().stream().map(Rule::id).toList());
    for (Rule rule : Rules.all()) {
      assertThat(page.getElementById("rule-" + rule.id()).text())
          .contains(rule.level().name(), rule.text(), rule.source())
          .contains(rule.sends(), rule.skipped(), rule.look(), rule.unchecked());
    }
  }
}
