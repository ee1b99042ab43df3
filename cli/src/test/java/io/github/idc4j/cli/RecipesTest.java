package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.net.httpserver.HttpServer;
import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs each program in {@code recipes/}. */
@Tag("slow")
class RecipesTest {

  private static final Path RECIPES = Path.of("../recipes");
  private static final Set<String> RUN = new HashSet<>();
  private static ReferenceService service;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException {
    service = TestData.builder().unfinishedWaits(1).start();
  }

  @AfterAll
  static void stop() throws IOException {
    service.close();
    try (var files = Files.list(RECIPES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("recipes with a test")
          .containsExactlyInAnyOrderElementsOf(RUN);
    }
  }

  private static List<String> run(String recipe, Map<String, String> environment, Path... files)
      throws IOException, InterruptedException {
    RUN.add(recipe + ".java");
    String[] arguments = new String[files.length + 1];
    arguments[0] = service.baseUrl().toString();
    for (int i = 0; i < files.length; i++) {
      arguments[i + 1] = files[i].toString();
    }
    return JavaProgram.run(RECIPES.resolve(recipe + ".java"), environment, arguments);
  }

  @Test
  void firstPage() throws IOException, InterruptedException {
    List<String> lines = run("FirstPage", Map.of());

    assertThat(lines).hasSize(6);
    assertThat(lines.subList(0, 5)).allMatch(line -> line.matches("[0-9.]+"));
    assertThat(lines.get(5)).matches("5 of \\d{3,}");
  }

  @Test
  void wholeWalk() throws IOException, InterruptedException {
    assertThat(run("WholeWalk", Map.of())).isNotEmpty().allMatch(line -> line.matches("\\S+ \\d+"));
  }

  @Test
  void resume() throws IOException, InterruptedException {
    Path file = folder.resolve("checkpoint");
    List<String> first = run("Resume", Map.of(), file);
    List<String> second = run("Resume", Map.of(), file);
    List<String> third = run("Resume", Map.of(), file);

    assertThat(first).hasSize(100);
    assertThat(second).isNotEmpty().doesNotContainAnyElementsOf(first);
    assertThat(third).doesNotContainAnyElementsOf(first).doesNotContainAnyElementsOf(second);
    assertThat(third.isEmpty()).isEqualTo(second.size() < 100);
  }

  @Test
  void showProgress() throws IOException, InterruptedException {
    List<String> lines = run("ShowProgress", Map.of());

    assertThat(lines).hasSize(5).last().isEqualTo("2500");
    assertThat(lines.get(0)).isEqualTo("page 0: 0 of 0 rows, 1 polls");
    assertThat(lines.get(3)).matches("page 3: 3000 of \\d+ rows, 1 polls");
  }

  @Test
  void saveCohort() throws IOException, InterruptedException {
    String token = service.issueToken("recipes@example.org");
    List<String> lines = run("SaveCohort", Map.of("IDC4J_TOKEN", token));

    assertThat(lines).hasSizeGreaterThan(2).last().asString().contains("has been deleted");
    assertThat(lines.subList(0, lines.size() - 1)).allMatch(line -> line.startsWith("TCGA-"));
  }

  @Test
  void loginFromFile() throws IOException, InterruptedException {
    String token = service.issueToken("file@example.org");
    Path file = folder.resolve("credentials");
    Files.writeString(file, "{\"token_response\":{\"id_token\":\"" + token + "\"}}");
    Map<String, String> environment = Map.of("IDC_CREDENTIALS", file.toString());

    assertThat(run("LoginFromFile", environment)).containsExactly("file@example.org");
    Files.delete(file);
    assertThat(run("LoginFromFile", environment))
        .singleElement()
        .asString()
        .startsWith("The credentials file " + file + " does not exist");
  }

  @Test
  void manyCollections() throws IOException, InterruptedException {
    assertThat(run("ManyCollections", Map.of()))
        .hasSizeGreaterThanOrEqualTo(20)
        .allMatch(line -> line.matches("[a-z0-9_]+ [1-9]\\d*"));
  }

  @Test
  void export() throws IOException, InterruptedException {
    Path file = folder.resolve("manifest.tsv");

    assertThat(run("Export", Map.of(), file)).isEmpty();
    assertThat(Files.readAllLines(file))
        .hasSizeGreaterThan(300)
        .doesNotHaveDuplicates()
        .allMatch(line -> line.matches("TCGA-\\S+\t[0-9.]+"));
  }

  @Test
  void filterByAge() throws IOException, InterruptedException {
    RUN.add("FilterByAge.java");
    assumeFalse(TestData.isGiven(), "needs clinical attributes, which the index does not have");

    assertThat(run("FilterByAge", Map.of()))
        .hasSizeBetween(10, 70)
        .allMatch(line -> line.startsWith("TCGA-"));
  }

  @Test
  void allSeries() throws IOException, InterruptedException {
    Path file = folder.resolve("series.csv");

    List<String> progress = run("AllSeries", Map.of(), file);

    List<String> lines = Files.readAllLines(file);
    String total = "%,d".formatted(lines.size() - 1);
    assertThat(lines.get(0)).startsWith("collection_id,patient_id,study_instance_uid,");
    assertThat(lines)
        .doesNotHaveDuplicates()
        .allMatch(line -> line.matches("(?:(?:\"[^\"]*\"|[^\",]*)(?:,|$)){6}"));
    assertThat(lines.size() - 1).isEqualTo(countSeries());
    assertThat(progress).last().asString().endsWith(total + " of " + total + " series");
    assertThat(folder).isDirectoryContaining(file::equals);
    assertThat(folder.resolve("series.csv.unfinished")).doesNotExist();
  }

  @Test
  void anInterruptedExportOfAllSeriesLeavesNoFile() throws IOException, InterruptedException {
    // The service closes while the recipe walks, so its next request fails.
    Path file = folder.resolve("series.csv");
    Process process;
    try (ReferenceService own = TestData.builder().start()) {
      process =
          JavaProgram.start(
              Map.of(),
              RECIPES.resolve("AllSeries.java").toString(),
              own.baseUrl().toString(),
              file.toString());
      assertThat(process.getInputStream().read()).isEqualTo('\r');
    }
    process.getInputStream().readAllBytes();

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(folder).isEmptyDirectory();
  }

  /** Counts the series with one page of a manifest. */
  private static long countSeries() {
    try (IdcClient client = IdcClient.builder().baseUrl(service.baseUrl().toString()).build()) {
      return client
          .previewManifest(CohortDefinition.of(), ManifestColumn.SERIES_INSTANCE_UID)
          .pages()
          .iterator()
          .next()
          .totalFound()
          .orElseThrow();
    }
  }

  @Test
  void asyncPages() throws IOException, InterruptedException {
    assertThat(run("AsyncPages", Map.of()))
        .singleElement()
        .satisfies(line -> assertThat(Integer.parseInt(line)).isGreaterThan(100));
  }

  @Test
  void configureHttp() throws IOException, InterruptedException {
    List<String> requests = new CopyOnWriteArrayList<>();
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          requests.add(
              exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("X-API-Key"));
          byte[] body = "{\"code\": 200, \"collections\": []}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    proxy.start();
    try {
      Map<String, String> environment =
          Map.of(
              "PROXY_HOST",
              proxy.getAddress().getHostString(),
              "PROXY_PORT",
              Integer.toString(proxy.getAddress().getPort()),
              "API_KEY",
              "key");

      assertThat(run("ConfigureHttp", environment)).containsExactly("0");
      assertThat(requests).containsExactly(service.baseUrl() + "/collections key");
    } finally {
      proxy.stop(0);
    }
  }

  @Test
  void observeWithMicrometer() throws IOException, InterruptedException {
    List<String> lines = run("ObserveWithMicrometer", Map.of());

    assertThat(lines).hasSize(3).first().asString().matches("\\d{3,} rows");
    assertThat(lines.subList(1, 3))
        .anySatisfy(line -> assertThat(line).matches("200: \\d+ requests"))
        .contains("202: 1 requests");
  }

  @Test
  void observeWithOpenTelemetry() throws IOException, InterruptedException {
    List<String> lines = run("ObserveWithOpenTelemetry", Map.of());

    assertThat(lines).hasSizeGreaterThan(2).first().asString().matches("\\d{3,} rows");
    assertThat(lines.get(1)).isEqualTo("previewManifest 202");
    assertThat(lines.subList(2, lines.size())).containsOnly("previewManifest 200");
  }
}
