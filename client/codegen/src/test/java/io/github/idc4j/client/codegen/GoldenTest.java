package io.github.idc4j.client.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

/**
 * Compares generated files with reviewed files. The specification of this test contains names that
 * are difficult for the templates.
 *
 * <p>If you change the templates, update the reviewed files: run {@code mvn test -pl client/codegen
 * -am -Dgolden.renew=true} and review the differences.
 */
class GoldenTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  /** The folder with the classes of the client that generated models use. */
  private static final Path JSON = Path.of("../src/main/java/io/github/idc4j/client/internal/json");

  @TempDir static Path output;

  /**
   * Writes the specification to a file. Adds a schema that has one property too many for a record.
   */
  private static Path spec() throws IOException {
    String wide =
        IntStream.rangeClosed(1, 254)
            .mapToObj(number -> "        p" + number + ": {type: array, items: {}}\n")
            .collect(
                Collectors.joining("", "    Wide:\n      type: object\n      properties:\n", ""));
    return Files.writeString(
        output.resolve("spec.yaml"),
        Files.readString(Path.of("src/test/resources/nasty.yaml")) + wide);
  }

  private static List<Path> generated() throws IOException {
    CodegenConfigurator configurator =
        new CodegenConfigurator()
            .setGeneratorName(MoshiRecordCodegen.class.getName())
            .setInputSpec(spec().toString())
            .setTemplateDir("../src/main/templates")
            .setApiPackage("golden.api")
            .setModelPackage("golden.model")
            .setOutputDir(output.toString())
            .addAdditionalProperty("groupId", "golden")
            .addAdditionalProperty("artifactId", "golden")
            .addAdditionalProperty("hideGenerationTimestamp", true)
            .addAdditionalProperty("sourceFolder", "java");
    DefaultGenerator generator = new DefaultGenerator();
    generator.setGenerateMetadata(false);
    return generator.opts(configurator.toClientOptInput()).generate().stream()
        .map(file -> output.relativize(file.toPath()))
        .sorted()
        .toList();
  }

  private static Path golden(Path file) {
    return GOLDEN.resolve(file.getParent().getFileName() + "-" + file.getFileName() + ".txt");
  }

  @TestFactory
  Stream<DynamicTest> eachFileIsAsItWas() throws IOException {
    List<Path> files = generated();
    if (Boolean.getBoolean("golden.renew")) {
      for (Path file : files) {
        Path golden = golden(file);
        Files.createDirectories(golden.getParent());
        Files.writeString(golden, Files.readString(output.resolve(file)));
      }
    }
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.toString(),
                    () -> assertThat(output.resolve(file)).hasSameTextualContentAs(golden(file))));
  }

  @Test
  void generatedCodeCompiles() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-d", output.resolve("classes").toString()));
    try (Stream<Path> files = Files.list(JSON)) {
      files.map(Path::toString).forEach(arguments::add);
    }
    generated().stream()
        .filter(file -> file.toString().endsWith(".java"))
        .forEach(file -> arguments.add(output.resolve(file).toString()));
    ByteArrayOutputStream messages = new ByteArrayOutputStream();

    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, messages, messages, arguments.toArray(String[]::new));

    assertThat(status).as(messages.toString(StandardCharsets.UTF_8)).isZero();
  }

  @Test
  void generatesOnlyModelsInterfacesAndTheirAdapters() throws IOException {
    assertThat(generated())
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder(
            "ThingsApi.java",
            "Accepted.java",
            "Flag.java",
            "Level.java",
            "Row.java",
            "Thing.java",
            "Wide.java",
            "ModelAdapters.java",
            "package-info.java",
            "package-info.java",
            "proxy-config.json",
            "reflect-config.json");
  }
}
