package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.cli.export.BucketIndex;
import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.model.ManifestRow;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Tests {@code manifest} with the format s5cmd, and {@code --sql}. */
class S5cmdCommandTest {

  private static ReferenceService instances;
  private static ReferenceService index;
  private static IdcClient client;

  @TempDir private static Path tables;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws IOException, SQLException {
    instances = ReferenceService.builder().sampleSize(SampleSize.small()).start();
    index = ReferenceService.builder().data(BucketIndex.write(tables, true)).start();
    client = IdcClient.builder().baseUrl(instances.baseUrl().toString()).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    instances.close();
    index.close();
  }

  private int run(ReferenceService service, String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--base-url", service.baseUrl().toString()));
    return Main.execute(command, all.toArray(String[]::new));
  }

  private List<String> commands() {
    return out.toString().lines().filter(line -> !line.startsWith("#")).toList();
  }

  /** Returns the distinct commands for the URLs of the CT instances in a collection. */
  private static List<String> expected(Function<String, String> command) {
    return client
        .previewManifest(
            CohortDefinition.of(
                Attributes.COLLECTION_ID.anyOf("tcga_luad"), Attributes.MODALITY.anyOf("CT")),
            ManifestColumn.GCS_URL)
        .stream()
        .map(ManifestRow::gcsUrl)
        .map(command)
        .distinct()
        .toList();
  }

  @Test
  void limitedManifestHasNoSize() {
    assertThat(run(index, "manifest", "--modality=CT", "--output=s5cmd", "--limit=2")).isZero();

    assertThat(commands()).hasSize(2);
    assertThat(out.toString()).doesNotContain("Size of the images");
  }

  @Test
  void nameOfTheFileCannotAddACommand() throws IOException {
    Path file = folder.resolve("a\nrm b.s5cmd");

    assertThat(run(index, "manifest", "--modality=CT", "-o", file.toString())).isZero();

    assertThat(Files.readAllLines(file)).allMatch(line -> line.matches("# .*|cp s3://.*"));
  }

  @Test
  void fileSelectsTheFormatAndTheCommandForTheDownloadIsPrinted() throws IOException, SQLException {
    Path file = folder.resolve("my images.s5cmd");

    assertThat(run(index, "manifest", "--modality", "CT", "-o", file.toString())).isZero();

    try (Stream<String> lines = Files.lines(file)) {
      assertThat(lines.filter(line -> !line.startsWith("# ")))
          .containsExactlyInAnyOrderElementsOf(BucketIndex.commands(tables, "\"Modality\" = 'CT'"));
    }
    assertThat(err.toString().lines())
        .containsExactly(
            "700 rows in " + file,
            "Size of the images: 1.05 GB",
            "To download the images, run: s5cmd --no-sign-request run '" + file + "'");
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void instancesOfTheSampleHaveTheBucketOfAws() {
    assertThat(
            run(
                instances,
                "manifest",
                "--collection=tcga_luad",
                "--modality=CT",
                "--output=s5cmd",
                "--level=instance",
                "--directory=my images"))
        .isZero();

    List<String> expected =
        expected(
            url ->
                "cp "
                    + url.replace("gs://public-datasets-idc/", "s3://idc-open-data/")
                    + " 'my images/'");
    assertThat(expected).hasSizeGreaterThan(100);
    assertThat(commands()).isEqualTo(expected);
  }

  @Test
  void seriesInGoogleCloudStorageHaveTheBucketOfTheService() {
    assertThat(
            run(
                instances,
                "manifest",
                "--collection=tcga_luad",
                "--modality=CT",
                "--output=s5cmd",
                "--cloud=gcs",
                "--directory=images"))
        .isZero();

    assertThat(commands())
        .isEqualTo(
            expected(
                url ->
                    "cp " + url.replace("gs://", "s3://").replaceAll("[^/]+$", "") + "* images/"));
    assertThat(err.toString().strip())
        .isEqualTo(
            "To download the images, run: s5cmd --no-sign-request --endpoint-url"
                + " https://storage.googleapis.com run FILE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | manifest --output s5cmd --columns Patient_ID | s5cmd has no columns. Remove --columns",
        "2 | manifest --level instance | --level is for the format s5cmd. Add -o FILE.s5cmd",
        "2 | manifest --output s5cmd --count | --count prints one number",
        "2 | manifest --directory a,b --output s5cmd | without commas",
        "2 | query --fields PatientID --output s5cmd | Only manifests have the format s5cmd",
        "3 | manifest --output s5cmd | 40 of 740 series are in buckets that idc4j does not know",
        "1 | manifest --output s5cmd --level instance | use --level series.",
        "2 | manifest --sql --count | --sql prints one query. Remove --sql, or"
      })
  void failureIsExplainedInOneLine(int exitCode, String line, String message) {
    assertThat(run(index, line.split(" "))).isEqualTo(exitCode);
    assertThat(err.toString().strip()).contains(message).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void sqlIsThatOfTheSelection() {
    assertThat(run(instances, "manifest", "--sql", "--modality=CT", "--columns=GCS_URL")).isZero();
    assertThat(run(instances, "query", "--sql", "--modality=CT", "--fields=PatientID")).isZero();

    assertThat(out.toString().lines())
        .hasSize(2)
        .allSatisfy(sql -> assertThat(sql).startsWith("SELECT ").contains("dicom_pivot", "'CT'"))
        .anySatisfy(sql -> assertThat(sql).contains("gcs_url"));
  }
}
