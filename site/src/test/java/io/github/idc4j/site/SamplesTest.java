package io.github.idc4j.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.model.QueryField;
import io.github.idc4j.service.ReferenceService;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs every sample of the reference, as a reader would, against a reference service. */
final class SamplesTest {

  /** Operation, then language, then program; the operations that delete come last. */
  private static final Map<String, Map<String, String>> SAMPLES = new LinkedHashMap<>();

  @TempDir Path folder;

  private ReferenceService service;
  private String token;

  @BeforeAll
  static void read() throws IOException {
    Reference reference = new Reference(new Samples(Path.of("src/main/samples")));
    reference
        .document()
        .get("paths")
        .valueStream()
        .flatMap(item -> item.valueStream())
        .filter(operation -> operation.has("operationId"))
        .sorted((a, b) -> Boolean.compare(isDelete(a), isDelete(b)))
        .forEach(
            operation -> {
              Map<String, String> programs = new LinkedHashMap<>();
              operation
                  .get("x-codeSamples")
                  .forEach(
                      sample ->
                          programs.put(
                              sample.get("label").asString(), sample.get("source").asString()));
              SAMPLES.put(operation.get("operationId").asString(), programs);
            });
    assertThat(SAMPLES).hasSize(18);
  }

  private static boolean isDelete(JsonNode operation) {
    return operation.get("operationId").asString().startsWith("delete");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  /** The samples speak of cohort 1 and delete 1, 2 and 3. */
  @BeforeEach
  void start() throws IOException {
    service = ReferenceService.builder().start();
    token = service.issueToken("reader@example.org");
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl(service.baseUrl().toString())
            .credentials(Credentials.of(token))
            .build()) {
      var cohort = CohortDefinition.of("lung", Attributes.COLLECTION_ID.in("tcga_luad"));
      for (int i = 0; i < 3; i++) {
        client.createCohort(cohort);
      }
    }
  }

  private String pageToken(String operation) {
    try (IdcClient client =
        IdcClient.builder().baseUrl(service.baseUrl().toString()).pageSize(2).build()) {
      var cohort = CohortDefinition.of("lung", Attributes.COLLECTION_ID.in("tcga_luad"));
      var pages =
          switch (operation) {
            case "getNextManifestPage" ->
                client.previewManifest(cohort, ManifestColumn.GCS_URL).pages();
            case "getNextQueryPage" -> client.previewQuery(cohort, QueryField.PATIENT_ID).pages();
            default -> client.dicomMetadata().pages();
          };
      return pages.iterator().next().next().orElseThrow().text();
    }
  }

  private String local(String program) {
    return program.replace(Samples.SERVER, service.baseUrl().toString());
  }

  /** Returns what the program printed; fails with it, if it failed. */
  private String run(String operation, List<String> command)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("IDC4J_TOKEN", token);
    if (operation.startsWith("getNext")) {
      builder.environment().put("NEXT_PAGE", pageToken(operation));
    }
    Process process = builder.start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String printed = Files.readString(output);
    assertThat(ended).as(operation + " ended").isTrue();
    assertThat(process.exitValue()).as(operation + ": " + printed).isZero();
    return printed;
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void java() throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("-d", folder.toString(), "-Werror"));
    for (Map.Entry<String, Map<String, String>> sample : SAMPLES.entrySet()) {
      Path file = folder.resolve(mainClass(sample.getKey()) + ".java");
      Files.writeString(file, local(sample.getValue().get("Java")));
      arguments.add(file.toString());
    }
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(new String[0])))
        .isZero();

    String classPath = folder + File.pathSeparator + System.getProperty("java.class.path");
    String launcher = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    for (String operation : SAMPLES.keySet()) {
      String printed = run(operation, List.of(launcher, "-cp", classPath, mainClass(operation)));
      assertThat(printed).as(operation).isNotBlank().doesNotContain("Exception", "SLF4J");
    }
  }

  private static String mainClass(String operation) {
    return Character.toUpperCase(operation.charAt(0)) + operation.substring(1);
  }

  @Test
  void curl() throws IOException, InterruptedException {
    assumeTrue(runs("curl", "--version"), "curl is not installed: its samples were not run");
    for (Map.Entry<String, Map<String, String>> sample : SAMPLES.entrySet()) {
      String line = local(sample.getValue().get("curl"));
      String command = line.replaceFirst("^curl ", "curl -sS --fail-with-body ");
      String printed = run(sample.getKey(), List.of("sh", "-c", command));
      assertThat(JsonMapper.shared().readTree(printed).get("code").asInt())
          .as(sample.getKey())
          .isEqualTo(200);
    }
  }

  @Test
  void python() throws IOException, InterruptedException {
    assumeTrue(
        runs("python3", "-c", "import requests"),
        "Python 3 with requests is not installed: its samples were not run");
    runScripts("Python", "py", List.of("python3"));
  }

  /** The samples have no types, so that Node takes them as they are. */
  @Test
  void typeScript() throws IOException, InterruptedException {
    assumeTrue(
        runs("node", "-e", "process.exit(typeof fetch === 'function' ? 0 : 1)"),
        "Node 18 or later is not installed: the TypeScript samples were not run");
    runScripts("TypeScript", "mjs", List.of("node"));
  }

  private void runScripts(String language, String extension, List<String> interpreter)
      throws IOException, InterruptedException {
    for (Map.Entry<String, Map<String, String>> sample : SAMPLES.entrySet()) {
      Path file = folder.resolve(sample.getKey() + "." + extension);
      Files.writeString(file, local(sample.getValue().get(language)));
      List<String> command = new ArrayList<>(interpreter);
      command.add(file.toString());
      assertThat(run(sample.getKey(), command)).as(sample.getKey()).startsWith("200 ");
    }
  }
}
