package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests {@code cohort} with a real service. */
class CohortCommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private ReferenceService service;
  private Path credentials;

  @BeforeEach
  void start() throws IOException {
    service = ReferenceService.builder().sampleSize(SampleSize.small()).start();
    credentials = credentials("alice@example.org");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private Path credentials(String user) throws IOException {
    return Files.writeString(
        folder.resolve(user),
        JsonMapper.shared()
            .writeValueAsString(
                Map.of("token_response", Map.of("id_token", service.issueToken(user)))));
  }

  private int run(Path user, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of("cohort"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--base-url", "" + service.baseUrl(), "--credentials", "" + user));
    return Main.execute(command, all.toArray(String[]::new));
  }

  private String output(String... arguments) {
    assertThat(run(credentials, arguments)).as(err.toString()).isZero();
    return out.toString();
  }

  private JsonNode json(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--output", "json"));
    return JsonMapper.shared().readTree(output(all.toArray(String[]::new)));
  }

  @Test
  void lifeCycle() {
    assertThat(json("list")).isEmpty();
    String lung =
        output(
                "create",
                "--name",
                "lung",
                "--description",
                "CT of lungs",
                "--collection",
                "nlst,tcga_luad",
                "--where",
                "Modality = CT")
            .strip();
    assertThat(err.toString().strip()).isEqualTo("Saved the cohort lung as " + lung + ".");
    String chest = output("create", "--name", "chest", "--where", "SliceThickness 1..2.5").strip();

    assertThat(json("list"))
        .containsExactlyInAnyOrder(
            JsonMapper.shared()
                .readTree(
                    """
                    {"cohort_id": %s, "name": "lung", "description": "CT of lungs",
                      "owner": "Alice Example", "permission": "OWNER",
                      "idc_data_version": "%s",
                      "filters": {"collection_id": ["nlst", "tcga_luad"], "Modality": ["CT"]}}
                    """
                        .formatted(lung, release())),
            JsonMapper.shared()
                .readTree(
                    """
                    {"cohort_id": %s, "name": "chest", "description": null,
                      "owner": "Alice Example", "permission": "OWNER",
                      "idc_data_version": "%s",
                      "filters": {"SliceThickness_ebtwe": [1.0, 2.5]}}
                    """
                        .formatted(chest, release())));
    assertThat(json("show", lung, "--fields", "name,series").get(0))
        .isEqualTo(
            JsonMapper.shared()
                .readTree("{\"name\": \"lung\", \"series\": %d}".formatted(lungSeries())));
    assertThat(output("show", lung, "--output", "table"))
        .contains("name:             lung\ndescription:      CT of lungs\n")
        .contains("filters:          {\"")
        .contains("series:           " + lungSeries() + "\n");

    assertThat(run(credentials, "delete", lung, "99", chest)).isEqualTo(1);
    assertThat(out.toString().lines())
        .containsExactly(
            "Cohort " + lung + " ('lung') has been deleted.",
            "Cohort " + chest + " ('chest') has been deleted.");
    assertThat(err.toString().strip())
        .isEqualTo(
            "idc4j cohort delete: 1 of 3 cohorts were not deleted: 99 (A cohort with the ID 99 was"
                + " not found!)");
    assertThat(json("list")).isEmpty();
  }

  private long lungSeries() {
    try (IdcClient client = IdcClient.builder().baseUrl("" + service.baseUrl()).build()) {
      return client
          .previewManifest(
              CohortDefinition.of(
                  Attributes.COLLECTION_ID.anyOf("nlst", "tcga_luad"),
                  Attributes.MODALITY.anyOf("CT")),
              ManifestColumn.SERIES_INSTANCE_UID)
          .stream()
          .count();
    }
  }

  private String release() {
    try (IdcClient client = IdcClient.builder().baseUrl("" + service.baseUrl()).build()) {
      return client.versions().stream()
          .filter(version -> version.active())
          .findFirst()
          .orElseThrow()
          .idcDataVersion();
    }
  }

  @Test
  void listInAFile() throws IOException {
    String id = output("create", "--name", "a, b", "--modality", "MR").strip();
    Path file = folder.resolve("cohorts.csv");

    output("list", "--fields", "cohort_id,name,filters", "-o", file.toString());

    assertThat(Files.readString(file))
        .isEqualTo(
            "cohort_id,name,filters\r\n"
                + id
                + ",\"a, b\",\"{\"\"Modality\"\":[\"\"MR\"\"]}\"\r\n");
  }

  @Test
  void cohortOfAnotherUserIsNeitherShownNorDeleted() throws IOException {
    String id = output("create", "--name", "mine", "--modality", "MR").strip();
    Path other = credentials("bob@example.org");

    assertThat(run(other, "show", id)).isEqualTo(1);
    assertThat(err.toString()).contains("you have no saved cohort with the ID " + id);
    assertThat(run(other, "delete", id)).isEqualTo(1);
    assertThat(err.toString()).contains("bob@example.org isn't the owner");
    assertThat(json("list")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | create --modality CT | Missing required option: '--name=NAME'",
        "2 | create --name x --cohort 1 | a new cohort needs filters of its own",
        "2 | create --name x --where Modalit=CT --modality MR | two conditions of the same kind",
        "2 | delete | Missing required parameter: 'ID'",
        "2 | show x | 'x' is not a long",
        "2 | show 1 --output parquet | Add -o FILE",
        "1 | show 1 | 'idc4j cohort list' shows your cohorts",
        "2 | list --fields nam,oner | There is no field oner. Did you mean owner?"
      })
  void failureIsExplained(int exitCode, String line, String message) {
    assertThat(run(credentials, line.split(" "))).isEqualTo(exitCode);
    assertThat(err.toString()).contains(message);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void serviceIsNecessary() {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    assertThat(Main.execute(command, "cohort", "list")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("idc4j cohort list: ")
        .contains("Add --base-url, or set IDC4J_BASE_URL");
  }

  @Test
  void groupNeedsACommand() {
    CommandLine command = Main.commandLine();
    command.setErr(new PrintWriter(err));

    assertThat(Main.execute(command, "cohort")).isEqualTo(2);
    assertThat(err.toString()).contains("Missing command: list, create, show or delete");
  }
}
