package io.github.idc4j.cli.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.idc4j.cli.export.S5cmdManifest.Cloud;
import io.github.idc4j.cli.export.S5cmdManifest.Level;
import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.client.filter.Filter;
import io.github.idc4j.client.paging.Progress;
import io.github.idc4j.model.ManifestRow;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests s5cmd manifests of an index with series in several buckets. */
class S5cmdManifestTest {

  private static final S5cmdManifest SERIES = new S5cmdManifest(Level.SERIES, Cloud.AWS, ".");
  private static final int PAGE = 100;

  @TempDir private static Path index;

  private static ReferenceService service;
  private static IdcClient client;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException, SQLException {
    service = ReferenceService.builder().data(BucketIndex.write(index, true)).start();
    client =
        IdcClient.builder()
            .baseUrl(service.baseUrl().toString())
            .pageSize(PAGE)
            .credentials(Credentials.of(service.issueToken("researcher@example.org")))
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    service.close();
  }

  private static Selection ct(Filter... more) {
    List<Filter> filters = new ArrayList<>(List.of(more));
    filters.add(Attributes.MODALITY.anyOf("CT"));
    return new Selection(OptionalLong.empty(), filters);
  }

  private static Result<ManifestRow> result(Selection selection) {
    return SERIES.of(client, selection, "nlst.s5cmd", images -> OptionalLong.empty());
  }

  private static List<String> lines(Result<ManifestRow> result, long limit) throws IOException {
    StringWriter text = new StringWriter();
    new Export<>(result, Format.S5CMD, limit).write(new PrintWriter(text), Integer.MAX_VALUE);
    return text.toString().lines().toList();
  }

  private static List<String> commands(Selection selection) throws IOException {
    return lines(result(selection), Long.MAX_VALUE).stream()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  private static List<String> expected(String condition) throws SQLException {
    return BucketIndex.commands(index, condition);
  }

  @Test
  void seriesHaveTheirBucketOfTheIndex() throws IOException, SQLException {
    assertThat(commands(ct()))
        .hasSize(BucketIndex.CT)
        .containsExactlyInAnyOrderElementsOf(expected("\"Modality\" = 'CT'"));
  }

  @Test
  void commentsNameTheSelectionAndHowToDownloadIt() throws IOException {
    List<String> lines = lines(result(ct()), 1);

    assertThat(lines).hasSize(6);
    assertThat(lines.get(0)).matches("# IDC manifest, written by idc4j on \\d{4}-\\d\\d-\\d\\d");
    assertThat(lines.subList(1, 5))
        .containsExactly(
            "# Filters: {\"Modality\":[\"CT\"]}",
            "# Release: 25.0",
            "# Series in the selection: 700",
            "# To download the images, run: s5cmd --no-sign-request run nlst.s5cmd");
  }

  @ParameterizedTest
  @CsvSource({
    "999, 999 bytes",
    "1000, 1.00 kB",
    "11140000000000, 11.14 TB",
    "3456000000000000, 3456.00 TB"
  })
  void sizeIsInTheLargestUnitThatFits(long bytes, String size) throws IOException {
    Result<ManifestRow> result =
        SERIES.of(client, ct(), "nlst.s5cmd", images -> OptionalLong.of(bytes));

    assertThat(lines(result, 0)).contains("# Size of the images: " + size);
    assertThat(result.hints()).first().isEqualTo("Size of the images: " + size);
  }

  @Test
  void limitAppliesToAllBucketsTogether() throws IOException {
    List<String> all = lines(result(ct()), Long.MAX_VALUE);

    assertThat(lines(result(ct()), 321)).isEqualTo(all.subList(0, 5 + 321));
    assertThat(lines(result(ct()), 0)).isEqualTo(all.subList(0, 5));
    assertThat(new Export<>(result(ct()), Format.S5CMD, 321).count()).isEqualTo(700);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "idc-open-idc1 | 'idc-open-data-two'",
        "IDC-OPEN-CR,idc-open-idc1 | 'idc-open-data-two', 'idc-open-data-cr'",
        "idc-open-% | 'idc-open-data', 'idc-open-data-two', 'idc-open-data-cr'",
        "public-datasets-idc | ''",
        "no-such-bucket | ''"
      })
  void filterOnBucketsApplies(String values, String buckets) throws IOException, SQLException {
    Selection selection = ct(Filter.of("gcs_bucket", (Object[]) values.split(",")));

    assertThat(commands(selection))
        .containsExactlyInAnyOrderElementsOf(
            expected("\"Modality\" = 'CT' AND aws_bucket IN (" + buckets + ")"));
  }

  @Test
  void seriesInUnknownBucketsAreCounted() {
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(() -> result(new Selection(OptionalLong.empty(), List.of())))
        .withMessageStartingWith("40 of 740 series are in buckets that idc4j does not know")
        .matches(e -> e.refused().isEmpty());
  }

  @Test
  void savedCohortHasTheSeriesOfItsFilters() throws IOException {
    CohortDefinition definition = CohortDefinition.of("lung", Attributes.MODALITY.anyOf("CT"));
    Long id = client.createCohort(definition).cohortId();
    Selection cohort = new Selection(OptionalLong.of(id), List.of());

    assertThat(commands(cohort)).isEqualTo(commands(ct()));
    assertThat(result(cohort).comments()).contains("Filters: cohort " + id);
  }

  @Test
  void dataWithoutBucketsIsExplained(@TempDir Path incomplete) throws IOException, SQLException {
    try (ReferenceService other =
            ReferenceService.builder().data(BucketIndex.write(incomplete, false)).start();
        IdcClient otherClient = IdcClient.builder().baseUrl(other.baseUrl().toString()).build()) {
      assertThatExceptionOfType(UnusableDataException.class)
          .isThrownBy(
              () -> SERIES.of(otherClient, ct(), "nlst.s5cmd", images -> OptionalLong.empty()))
          .withMessageStartingWith("the service refuses the filter gcs_bucket")
          .matches(e -> e.refused().isPresent());
    }
  }

  @Test
  void dataWithoutInstancesIsExplained() {
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(
            () ->
                new S5cmdManifest(Level.INSTANCE, Cloud.AWS, ".")
                    .of(client, ct(), "nlst.s5cmd", images -> OptionalLong.empty()))
        .withMessageContaining("GCS_URL")
        .withMessageEndingWith(" To download whole series, use --level series.")
        .matches(e -> e.refused().isPresent());
  }

  /** The deployed service ignored filters on columns that its data did not have. */
  @Test
  void serviceThatIgnoresTheFilterIsExplained() throws IOException {
    byte[] page =
        """
        {"code": 200, "manifest": {"json_manifest": [{"CRDC_Series_GUID": "dg.4DFC/1"}],
          "rowsReturned": 1, "totalFound": 5}, "next_page": ""}
        """
            .getBytes(UTF_8);
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/v1/cohorts/manifest/preview",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
          }
        });
    other.start();
    try (IdcClient otherClient =
        IdcClient.builder()
            .baseUrl("http://127.0.0.1:" + other.getAddress().getPort() + "/v1")
            .build()) {
      assertThatExceptionOfType(UnusableDataException.class)
          .isThrownBy(
              () -> SERIES.of(otherClient, ct(), "nlst.s5cmd", images -> OptionalLong.empty()))
          .withMessageStartingWith("the service ignores the filter gcs_bucket")
          .withMessageContaining("5 series match the filters, but 20 series");
    } finally {
      other.stop(0);
    }
  }

  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Returns the same rows, of which the one with this number cannot be written. */
  private static Result<ManifestRow> crashing(Result<ManifestRow> rows, long number) {
    AtomicLong row = new AtomicLong();
    return new Result<>(
        rows.parts().stream()
            .map(
                part ->
                    new Part<ManifestRow>(
                        part.rows(),
                        values -> {
                          if (row.getAndIncrement() == number) {
                            throw new Crash();
                          }
                          return part.values().apply(values);
                        },
                        part.total()))
            .toList(),
        rows.columns(),
        rows.comments(),
        rows.hints());
  }

  private FileExport<ManifestRow> export(
      Result<ManifestRow> rows, String name, boolean tokensLast) {
    return new FileExport<>(
        new Export<>(rows, Format.S5CMD, 650), folder.resolve(name), "test", tokensLast);
  }

  /** Writes the file, and resumes if that is possible. */
  private static long write(FileExport<?> export) throws IOException {
    return export.write(true, new ArrayList<Long>()::add);
  }

  /** The crashes are in each of the three buckets. One is after the last row of a bucket. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void resumedFileIsIdentical(boolean tokensLast) throws IOException {
    Result<ManifestRow> rows = result(ct());
    assertThat(rows.parts()).extracting(Part::count).containsExactly(234L, 233L, 233L);
    write(export(rows, "whole", true));
    for (int crash : new int[] {150, 120, 5, 220, 200, 150}) {
      assertThatThrownBy(() -> write(export(crashing(rows, crash), "file", tokensLast)))
          .isInstanceOf(Crash.class);
    }
    assertThat(SavedPosition.read(folder.resolve("file.checkpoint")).orElseThrow().part())
        .isEqualTo(2);

    assertThat(write(export(rows, "file", tokensLast))).isEqualTo(650);

    assertThat(folder.resolve("file")).hasSameBinaryContentAs(folder.resolve("whole"));
    assertThat(Files.readAllLines(folder.resolve("file")))
        .isEqualTo(lines(rows, Long.MAX_VALUE).subList(0, 655));
  }

  @Test
  void progressCountsTheRowsOfAllBuckets() throws IOException {
    List<Progress> events = new ArrayList<>();

    lines(result(ct()).onProgress(events::add), Long.MAX_VALUE);

    assertThat(events)
        .extracting(Progress::rows)
        .containsExactly(100L, 200L, 234L, 334L, 434L, 467L, 567L, 667L, 700L);
    assertThat(events).extracting(Progress::pages).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(events).allMatch(event -> event.totalFound().equals(OptionalLong.of(700)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a,b", "a#b", "a\"b", "a\nb"})
  void directoryMustBeReadableForAllTools(String directory) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new S5cmdManifest(Level.SERIES, Cloud.AWS, directory))
        .withMessageContaining("--directory must be");
  }
}
