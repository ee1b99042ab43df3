package io.github.idc4j.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.idc4j.conformance.mutant.ProxiedResponse;
import io.github.idc4j.conformance.mutant.Proxy;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.run.Bash;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.ConformanceRun;
import io.github.idc4j.conformance.run.KnownFailures;
import io.github.idc4j.conformance.run.Services;
import io.github.idc4j.conformance.run.Status;
import io.github.idc4j.openapi.IdcOpenApi;
import io.github.idc4j.service.ReferenceService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reports of one run agree, and each of them shows how to reproduce a fault. */
class ReportsTest {

  @TempDir Path folder;

  /** Violates a MUST rule, a SHOULD rule and a known one, and has a hostile text. */
  private static Proxy.Behaviour faulty() {
    String harmful = Matcher.quoteReplacement(JsonMapper.shared().writeValueAsString(Runs.HARMFUL));
    return (request, service) -> {
      ProxiedResponse response = service.send(request);
      if (request.target().startsWith("/v1/analysis_results")) {
        return response.withBody(
            response.text().replaceFirst("\"code\": *200", "\"code\": 7, \"note\": " + harmful));
      }
      if (request.target().startsWith("/v1/versions")) {
        return response.withBody(response.text().replace("true", "false"));
      }
      ProxiedResponse bare =
          new ProxiedResponse(response.status(), response.headers(), response.text());
      bare.headers().remove("X-Frame-Options");
      return bare;
    };
  }

  private ConformanceResult check(Proxy proxy, String token, PrintStream console)
      throws IOException {
    Path known =
        Files.writeString(
            folder.resolve("known.csv"),
            "rule,reason,link,expires\nmetadata.versions,Being mended,#7,2999-01-31\n");
    return ConformanceRun.builder()
        .baseUrl(proxy.baseUrl())
        .token(token)
        .select(Set.of(), Set.of("metadata", "routes", "cohorts"), EnumSet.allOf(Level.class))
        .knownFailures(KnownFailures.read(known))
        .reporter(Reports.folder(folder))
        .reporter(Reports.console(console, false))
        .build()
        .run();
  }

  @Test
  void theReportsOfARunAgreeAndReproduceTheFault() throws IOException, InterruptedException {
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    try (ReferenceService service = Services.reference(folder.resolve("data")).start();
        Proxy proxy = new Proxy(service.baseUrl(), faulty())) {
      String token = service.issueToken("first@example.org");
      ConformanceResult result =
          check(proxy, token, new PrintStream(console, true, StandardCharsets.UTF_8));

      assertThat(result.count(Status.PASS)).isGreaterThan(30);
      for (Status status : List.of(Status.FAIL, Status.SKIP, Status.WARN, Status.KNOWN)) {
        assertThat(result.count(status)).as("%s", status).isPositive();
      }
      assertAgreement(result, console.toString(StandardCharsets.UTF_8));
      for (String report :
          List.of(
              "index.html", "junit.xml", "report.json", "report.md", "report.sarif", "badge.svg")) {
        assertThat(folder.resolve(report)).content().doesNotContain(token);
      }

      Document page = ReportCounts.html(folder.resolve("index.html"));
      assertHarmless(page);
      Element rule = page.selectFirst("#findings .rule.failed");
      assertThat(rule.select("h3").text()).isEqualTo("spec.code");
      Element finding = rule.selectFirst(".finding.failed");
      assertThat(finding.select(".pointer code").text()).isEqualTo("/code");
      assertThat(finding.select(".response pre").text()).contains("\"code\" : 7", "<script>");
      String reproduced = Bash.run(finding.selectFirst(".curl").wholeText(), Map.of());
      assertThat(JsonMapper.shared().readTree(Bash.body(reproduced)).path("note").asString())
          .isEqualTo(Runs.HARMFUL);
    }
  }

  @Test
  void theReportsAgreeOnEveryStatus() throws IOException {
    ConformanceResult result = Runs.ofEveryStatus();
    write(result);

    assertAgreement(result, ConsoleReportTest.printed(result, false));
  }

  private void assertAgreement(ConformanceResult result, String console) throws IOException {
    Map<Status, Integer> expected = new EnumMap<>(Status.class);
    for (Status status : Status.values()) {
      expected.put(status, (int) result.count(status));
    }
    String coverage = new Summary(result).coverageText();

    assertThat(ReportCounts.byLinesOf(console)).isEqualTo(expected);
    assertThat(ReportCounts.bySentence(console.lines().reduce("", (a, line) -> line)))
        .isEqualTo(expected);
    assertThat(console).contains("\ncoverage: " + coverage + "\n");

    org.w3c.dom.Element junit = ReportCounts.xml(folder.resolve("junit.xml"));
    assertThat(ReportCounts.byCasesOf(junit)).isEqualTo(expected);
    int problems = result.problems().size();
    assertThat(junit.getAttribute("tests")).isEqualTo("" + (result.outcomes().size() + problems));
    assertThat(junit.getAttribute("failures"))
        .isEqualTo("" + (expected.get(Status.FAIL) + problems));
    assertThat(junit.getElementsByTagName("failure").getLength())
        .isEqualTo(expected.get(Status.FAIL) + problems);
    assertThat(junit.getElementsByTagName("skipped").getLength())
        .isEqualTo(expected.get(Status.SKIP) + expected.get(Status.NOT_OFFERED));
    assertThat(junit.getAttribute("errors"))
        .isEqualTo(
            ""
                + (expected.get(Status.AWAY)
                    + expected.get(Status.SLOW)
                    + expected.get(Status.ERROR)));

    Document html = ReportCounts.html(folder.resolve("index.html"));
    assertThat(ReportCounts.byHeadOf(html)).isEqualTo(expected);
    assertThat(ReportCounts.byChecksOf(html)).isEqualTo(expected);
    assertThat(String.join("; ", html.select(".coverage li > p").eachText())).isEqualTo(coverage);

    JsonNode json = ReportCounts.json(folder.resolve("report.json"));
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JsonReport.class.getResourceAsStream("report.schema.json"))
                .validate(json.toString(), InputFormat.JSON))
        .isEmpty();
    String contract = "version " + IdcOpenApi.version() + ", SHA-256 " + IdcOpenApi.sha256();
    assertThat(console).contains("\ncontract: " + contract + "\n");
    assertThat(html.selectFirst(".effort").text()).endsWith("; contract " + contract);
    assertThat(junit.getElementsByTagName("property"))
        .extracting(properties -> properties.item(properties.getLength() - 1))
        .extracting(property -> property.getAttributes().getNamedItem("value").getNodeValue())
        .isEqualTo(contract);
    assertThat(json.at("/contract/sha256").asString()).isEqualTo(IdcOpenApi.sha256());
    assertThat(json.path("seed").longValue()).isEqualTo(result.seed());
    assertThat(ReportCounts.byCounts(json.path("counts"))).isEqualTo(expected);
    assertThat(ReportCounts.byChecksOf(json)).isEqualTo(expected);

    String markdown = Files.readString(folder.resolve("report.md"));
    assertThat(ReportCounts.bySentence(markdown)).isEqualTo(expected);
    assertThat(markdown)
        .contains("\nCoverage: " + coverage + "\n", "\nContract: " + contract + "\n");
    Map<Status, Integer> findings = new EnumMap<>(expected);
    findings.putAll(Map.of(Status.PASS, 0, Status.SKIP, 0, Status.NOT_OFFERED, 0));
    assertThat(ReportCounts.byHeadingsOf(markdown)).isEqualTo(findings);

    JsonNode sarif = ReportCounts.json(folder.resolve("report.sarif"));
    assertThat(sarif.at("/runs/0/properties/contract")).isEqualTo(json.path("contract"));
    assertThat(ReportCounts.byCounts(sarif.at("/runs/0/properties/counts"))).isEqualTo(expected);
    Map<Status, Integer> violations = new EnumMap<>(findings);
    violations.putAll(Map.of(Status.AWAY, 0, Status.SLOW, 0, Status.ERROR, 0));
    assertThat(ReportCounts.byResultsOf(sarif)).isEqualTo(violations);
  }

  @Test
  void theReportsForProgramsHaveTheEvidence() throws IOException {
    write(Runs.of(Runs.outcome(Status.FAIL, List.of(Runs.WORDY), "title", "message", "getAbout")));
    JsonNode evidence =
        JsonMapper.shared()
            .createObjectNode()
            .put("request", "GET http://127.0.0.1:8080/v1/about")
            .put("response", "the response")
            .put("pointer", "/rows/1")
            .put("expected", "[1, 2, 3]")
            .put("actual", "[1, 3]")
            .put("difference", "1 of 3 values missing\n- value 2: 2")
            .put("curl", "curl -si 'http://127.0.0.1:8080/v1/about'");

    JsonNode check = ReportCounts.json(folder.resolve("report.json")).at("/checks/0");
    assertThat(check.path("evidence").toString()).isEqualTo(evidence.toString());
    assertThat(check.path("operations").valueStream().map(JsonNode::asString))
        .containsExactly("getAbout");
    JsonNode result = ReportCounts.json(folder.resolve("report.sarif")).at("/runs/0/results/0");
    assertThat(result.path("properties").toString()).isEqualTo(evidence.toString());
    assertThat(result.path("ruleId").asString()).isEqualTo("paging.wordy");
    assertThat(ReportCounts.xml(folder.resolve("junit.xml")).getTextContent())
        .contains("paging.wordy: The sentence of the rule.")
        .contains("Possible causes: the paging of the service")
        .contains("1 of 3 values missing\n- value 2: 2", "/rows/1", "GET http://127.0.0.1")
        .contains("the response", "curl -si 'http://127.0.0.1:8080/v1/about'");
  }

  @Test
  void sarifSuppressesKnownFailuresOnly() throws IOException {
    write(Runs.ofEveryStatus());
    JsonNode run = ReportCounts.json(folder.resolve("report.sarif")).at("/runs/0");

    assertThat(run.path("results").valueStream())
        .hasSize(3)
        .allSatisfy(result -> assertThat(result.path("suppressions").isArray()).isTrue())
        // What code scanning asks for: a file of the repository, and a line.
        .allSatisfy(
            result -> {
              JsonNode place = result.at("/locations/0/physicalLocation");
              assertThat(place.at("/artifactLocation/uri").asString())
                  .matches("conformance/[a-z]+");
              assertThat(place.at("/region/startLine").asInt(0)).isPositive();
              assertThat(result.at("/message/text").asString()).isNotBlank();
              assertThat(result.at("/partialFingerprints/check~1v1").asString()).isNotBlank();
              assertThat(run.at("/tool/driver/rules").valueStream())
                  .anyMatch(rule -> rule.path("id").equals(result.path("ruleId")));
            });
    assertThat(run.at("/invocations/0/executionSuccessful").asBoolean()).isFalse();
    assertThat(run.at("/invocations/0/toolExecutionNotifications").size())
        .as("an old entry, and checks without an outcome")
        .isEqualTo(4);
  }

  private void write(ConformanceResult result) throws IOException {
    Reports.folder(folder).finished(result);
  }

  @Test
  void aRunThatEndedBeforeItsChecksIsNoSuccess() throws IOException {
    write(Runs.ended(ConformanceResult.Reason.RETIRED, "Gone <b>for good</b>"));

    org.w3c.dom.Element junit = ReportCounts.xml(folder.resolve("junit.xml"));
    assertThat(junit.getAttribute("tests")).isEqualTo("1");
    assertThat(junit.getAttribute("errors")).isEqualTo("1");
    assertThat(junit.getElementsByTagName("error").getLength()).isEqualTo(1);
    Document page = ReportCounts.html(folder.resolve("index.html"));
    assertThat(page.select("h1").text()).isEqualTo("The service is retired");
    assertThat(page.select("main").text()).isEqualTo("Gone <b>for good</b>");
    assertThat(Files.readString(folder.resolve("report.md")))
        .startsWith("## The service is retired\n")
        .contains("`Gone <b>for good</b>`");
    JsonNode json = ReportCounts.json(folder.resolve("report.json"));
    assertThat(json.at("/end/reason").asString()).isEqualTo("retired");
    assertThat(json.path("exitCode").asInt()).isEqualTo(4);
    JsonNode invocation =
        ReportCounts.json(folder.resolve("report.sarif")).at("/runs/0/invocations/0");
    assertThat(invocation.path("executionSuccessful").asBoolean()).isFalse();
  }

  private static void assertHarmless(Document page) {
    assertThat(page.select("script")).as("scripts: the page's own").hasSize(1);
    assertThat(page.select("img, iframe, object, [onerror], [onclick]")).isEmpty();
  }
}
