package io.github.idc4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import tools.jackson.databind.json.JsonMapper;

/** Whole runs against real services: good, quirky, faulty, retired, away. */
class ConformanceRunTest {

  @TempDir static Path home;

  @TempDir Path reports;

  private final ByteArrayOutputStream console = new ByteArrayOutputStream();

  private static ReferenceService.Builder service() {
    return ReferenceService.builder()
        .dataFolder(home)
        .slowAddress(2)
        .sampleSize(new SampleSize(Map.of("tcga_luad", 12, "tcga_kirc", 9, "nlst", 5), 4000));
  }

  private ConformanceResult check(ReferenceService service) throws IOException {
    return run(service.baseUrl())
        .acceptedBaseUrl(service.slowBaseUrl())
        .bearerToken(service.issueToken("first@example.org"))
        .secondBearerToken(service.issueToken("second@example.org"))
        .build()
        .run();
  }

  private ConformanceRun.Builder run(URI baseUrl) {
    return ConformanceRun.builder()
        .baseUrl(baseUrl)
        .reportFolder(reports)
        .console(new PrintStream(console, true, StandardCharsets.UTF_8));
  }

  private static List<Verdict> failures(ConformanceResult result) {
    return result.verdicts().stream()
        .filter(verdict -> verdict.status() == Verdict.Status.FAIL)
        .toList();
  }

  @Test
  void aGoodServicePassesEveryCheckAndEveryOperation() throws IOException {
    try (ReferenceService service = service().start()) {
      ConformanceResult result = check(service);

      assertThat(result.verdicts())
          .allSatisfy(verdict -> assertThat(verdict.status()).isEqualTo(Verdict.Status.PASS));
      assertThat(result.verdicts()).hasSizeGreaterThan(150);
      assertThat(result.covered()).isEqualTo(result.operations()).hasSize(18);
      assertThat(result.exitCode()).isZero();
    }
  }

  @Test
  void theDeployedServicesQuirksBreakNothing() throws IOException {
    try (ReferenceService service = service().quirks(true).start()) {
      assertThat(failures(check(service))).isEmpty();
    }
  }

  @Test
  void withoutUsersAndA202AddressTheirRulesAreSkippedWithTheReason() throws IOException {
    try (ReferenceService service = service().start()) {
      ConformanceResult result = run(service.baseUrl()).build().run();

      assertThat(result.exitCode()).isZero();
      assertThat(result.verdicts())
          .filteredOn(verdict -> verdict.area().equals("accepted"))
          .allSatisfy(verdict -> assertThat(verdict.message()).contains("--accepted-base-url"));
      assertThat(console.toString(StandardCharsets.UTF_8))
          .contains("skipped: no ID token was given (IDC4J_TOKEN)");
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aFaultIsCaughtByTheRuleMeantForIt(Fault fault) throws IOException {
    Map<Fault, String> meant =
        Map.of(
            Fault.LOSE_ROW_ON_PAGE_2, "paging.every-row-once",
            Fault.OMIT_TOKEN_IN_QUERY_202, "accepted.token");
    try (ReferenceService service = service().fault(fault).start()) {
      ConformanceResult result = check(service);

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(failures(result))
          .extracting(verdict -> verdict.rules().get(0).id())
          .contains(meant.get(fault));
    }
  }

  @Test
  void theCurlLineOfAFailureReproducesIt() throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/curl")) && Files.isExecutable(Path.of("/bin/bash")),
        "needs curl and bash");
    try (ReferenceService service = service().fault(Fault.LOSE_ROW_ON_PAGE_2).start()) {
      Verdict failure =
          failures(check(service)).stream()
              .filter(verdict -> verdict.title().startsWith("manifest: a walk"))
              .findFirst()
              .orElseThrow();
      Process curl =
          new ProcessBuilder("/bin/bash", "-c", failure.curl().orElseThrow())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String page = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(curl.waitFor()).isZero();
      int pageSize =
          Integer.parseInt(failure.curl().get().replaceAll("(?s).*page_size=(\\d+).*", "$1"));
      assertThat(JsonMapper.shared().readTree(page).at("/manifest/json_manifest").size())
          .as("rows of the page that the line gets: %s", failure.curl().get())
          .isEqualTo(pageSize - 1);
    }
  }

  @Test
  void aRetiredServiceIsToldSoWithoutFailures() throws IOException {
    try (ReferenceService service = ReferenceService.builder().retired(true).start()) {
      ConformanceResult result = run(service.baseUrl()).build().run();

      assertThat(result.exitCode()).isEqualTo(4);
      assertThat(result.verdicts()).isEmpty();
      assertThat(console.toString(StandardCharsets.UTF_8).strip())
          .isEqualTo("retired: the service answers 410: IDC v1 API endpoints have been deprecated");
    }
  }

  @Test
  void aServiceThatIsAwayIsToldSo() throws IOException {
    ConformanceResult result = run(URI.create("http://127.0.0.1:1/v1")).build().run();

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(console.toString(StandardCharsets.UTF_8)).startsWith("unreachable: ");
  }

  @Test
  void somethingElseThanVersion1FailsButIsNoFaultOfTheSuite() throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    other.start();
    try {
      ConformanceResult result =
          run(URI.create("http://127.0.0.1:" + other.getAddress().getPort() + "/v1")).build().run();

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.verdicts())
          .filteredOn(verdict -> verdict.status() == Verdict.Status.ERROR)
          .isEmpty();
      assertThat(failures(result)).hasSizeGreaterThan(100);
    } finally {
      other.stop(0);
    }
  }

  @Test
  void aFaultOfTheSuiteExitsWith3AndAFailureWith1() {
    assertThat(result(Verdict.Status.PASS, Verdict.Status.SKIP).exitCode()).isZero();
    assertThat(result(Verdict.Status.PASS, Verdict.Status.ERROR).exitCode()).isEqualTo(3);
    assertThat(result(Verdict.Status.ERROR, Verdict.Status.FAIL).exitCode()).isEqualTo(1);
    assertThat(result(Verdict.Status.PASS, Verdict.Status.AWAY).exitCode()).isEqualTo(5);
    assertThat(result().exitCode()).isEqualTo(3);
  }

  private static ConformanceResult result(Verdict.Status... statuses) {
    List<Verdict> verdicts =
        List.of(statuses).stream()
            .map(
                status ->
                    new Verdict(
                        "area",
                        "title",
                        List.<Rule>of(),
                        status,
                        "",
                        Optional.empty(),
                        Duration.ZERO))
            .toList();
    return new ConformanceResult(
        URI.create("http://127.0.0.1/v1"),
        verdicts,
        Optional.empty(),
        Duration.ZERO,
        0,
        Set.of(),
        Set.of());
  }

  @Test
  void theReportsAgreeAndHoldNoToken()
      throws IOException, ParserConfigurationException, SAXException {
    try (ReferenceService service = service().fault(Fault.OMIT_TOKEN_IN_QUERY_202).start()) {
      String first = service.issueToken("first@example.org");
      String second = service.issueToken("second@example.org");
      ConformanceResult result =
          run(service.baseUrl())
              .acceptedBaseUrl(service.slowBaseUrl())
              .bearerToken(first)
              .secondBearerToken(second)
              .build()
              .run();

      String html = Files.readString(reports.resolve("index.html"));
      String xml = Files.readString(reports.resolve("junit.xml"));
      String text = console.toString(StandardCharsets.UTF_8);
      String counts =
          result.count(Verdict.Status.PASS)
              + " passed, "
              + result.count(Verdict.Status.FAIL)
              + " failed, "
              + result.count(Verdict.Status.SKIP)
              + " skipped";
      assertThat(text).contains(counts);
      assertThat(html).contains(counts).doesNotContain("{{");
      Element suite =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(reports.resolve("junit.xml").toFile())
              .getDocumentElement();
      assertThat(suite.getAttribute("tests")).isEqualTo("" + result.verdicts().size());
      assertThat(suite.getAttribute("failures")).isEqualTo("" + result.count(Verdict.Status.FAIL));
      assertThat(suite.getElementsByTagName("failure").getLength())
          .isEqualTo((int) result.count(Verdict.Status.FAIL));
      for (String report : List.of(html, xml, text)) {
        assertThat(report).doesNotContain(first).doesNotContain(second);
      }
    }
  }
}
