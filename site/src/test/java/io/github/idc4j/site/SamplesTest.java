package io.github.idc4j.site;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs every sample of the reference, as a reader would, against a reference service. */
@Tag("slow")
final class SamplesTest {

  /** Operation, then language, then program; the operations that delete come last. */
  private static final Map<String, Map<String, String>> SAMPLES = new LinkedHashMap<>();

  private static final Path TYPESCRIPT =
      Programs.NODE_FOLDER.resolve("node_modules/typescript/bin/tsc");
  private static final Path NODE_TYPES = Programs.NODE_FOLDER.resolve("node_modules/@types");

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
      var cohort = CohortDefinition.of("lung", Attributes.COLLECTION_ID.anyOf("tcga_luad"));
      for (int i = 0; i < 3; i++) {
        client.createCohort(cohort);
      }
    }
  }

  private String pageToken(String operation) {
    try (IdcClient client =
        IdcClient.builder().baseUrl(service.baseUrl().toString()).pageSize(2).build()) {
      var cohort = CohortDefinition.of("lung", Attributes.COLLECTION_ID.anyOf("tcga_luad"));
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

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("IDC4J_TOKEN", token);
    nextPages().forEach(name -> environment.put("NEXT_PAGE_" + name, pageToken(name)));
    return environment;
  }

  private static List<String> nextPages() {
    return SAMPLES.keySet().stream().filter(name -> name.startsWith("getNext")).toList();
  }

  /** Writes all samples of a language. */
  private void write(String language, String extension) throws IOException {
    for (Map.Entry<String, Map<String, String>> sample : SAMPLES.entrySet()) {
      Files.writeString(
          folder.resolve(sample.getKey() + "." + extension),
          local(sample.getValue().get(language)));
    }
  }

  /** Runs all samples in one process, and returns what each printed. */
  private Map<String, String> runAll(String interpreter, String runner)
      throws IOException, InterruptedException {
    Files.copy(Path.of("src/test/samples", runner), folder.resolve(runner));
    List<String> command = new ArrayList<>(List.of(interpreter, runner));
    command.addAll(SAMPLES.keySet());
    return parts(Programs.run(folder, environment(), command));
  }

  /** What was printed after each line with a sample's name. */
  private static Map<String, String> parts(String printed) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : printed.split("(?m)^== ")) {
      if (!part.isEmpty()) {
        parts.put(part.lines().findFirst().orElseThrow(), part.replaceFirst(".*\\R", ""));
      }
    }
    return parts;
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

    List<String> others = new ArrayList<>(SAMPLES.keySet());
    others.removeAll(nextPages());
    Map<String, String> printed =
        new LinkedHashMap<>(runJava(others, Map.of("IDC4J_TOKEN", token)));
    // A program in Java can't be given another environment while it runs.
    for (String name : nextPages()) {
      printed.putAll(runJava(List.of(name), Map.of("NEXT_PAGE", pageToken(name))));
    }
    assertThat(printed).hasSameSizeAs(SAMPLES);
    printed.forEach(
        (name, lines) ->
            assertThat(lines).as(name).isNotBlank().doesNotContain("Exception", "SLF4J"));
  }

  private Map<String, String> runJava(List<String> operations, Map<String, String> environment)
      throws IOException, InterruptedException {
    String classPath = folder + File.pathSeparator + System.getProperty("java.class.path");
    String launcher = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        new ArrayList<>(List.of(launcher, "-cp", classPath, RunSamples.class.getName()));
    operations.forEach(name -> command.add(mainClass(name)));
    return parts(Programs.run(folder, environment, command));
  }

  private static String mainClass(String operation) {
    return Character.toUpperCase(operation.charAt(0)) + operation.substring(1);
  }

  @Test
  void curl() throws IOException, InterruptedException {
    need(Programs.runs(folder, "curl", "--version"), "curl");
    Map<String, String> environment = environment();
    for (Map.Entry<String, Map<String, String>> sample : SAMPLES.entrySet()) {
      environment.put("NEXT_PAGE", environment.getOrDefault("NEXT_PAGE_" + sample.getKey(), ""));
      String line = local(sample.getValue().get("curl"));
      String command = line.replaceFirst("^curl ", "curl -sS --fail-with-body ");
      String printed = Programs.run(folder, environment, List.of("sh", "-c", command));
      assertThat(JsonMapper.shared().readTree(printed).get("code").asInt())
          .as(sample.getKey())
          .isEqualTo(200);
    }
  }

  @Test
  void python() throws IOException, InterruptedException {
    need(Programs.runs(folder, "python3", "-c", "import requests"), "Python 3 with requests");
    write("Python", "py");
    assertAllAnswered(runAll("python3", "run.py"));
  }

  /** The samples have no types of their own, so that Node takes them as they are. */
  @Test
  void typeScript() throws IOException, InterruptedException {
    need(Programs.nodeIsThere(), "Node 20 or newer with npm");
    write("TypeScript", "mts");
    write("TypeScript", "mjs");
    List<String> compile = new ArrayList<>(List.of("node", TYPESCRIPT.toString()));
    compile.addAll(List.of("--noEmit", "--strict", "--target", "es2022", "--module", "nodenext"));
    compile.addAll(List.of("--types", "node", "--typeRoots", NODE_TYPES.toString()));
    SAMPLES.keySet().forEach(name -> compile.add(name + ".mts"));
    Programs.run(folder, Map.of(), compile);
    assertAllAnswered(runAll("node", "run.mjs"));
  }

  private static void need(boolean there, String what) {
    Programs.need(there, "samples.required", "samples of the reference: they need " + what);
  }

  private static void assertAllAnswered(Map<String, String> printed) {
    assertThat(printed).containsOnlyKeys(SAMPLES.keySet());
    printed.forEach((name, lines) -> assertThat(lines).as(name).startsWith("200 "));
  }
}
