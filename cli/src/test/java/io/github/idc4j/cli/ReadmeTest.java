package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that the Java program in the README compiles and works, and that the service responds to
 * the curl commands in the documentation.
 */
class ReadmeTest {

  private static final Pattern PROGRAM = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

  /** A command of one line, or of several lines that end with a backslash. */
  private static final Pattern CURL = Pattern.compile("(?m)^curl (?:.*\\\\\\R)*.*$");

  @TempDir Path folder;

  @Test
  void theProgramPrintsEveryRow() throws IOException, InterruptedException {
    try (ReferenceService service = TestData.builder().start()) {
      String program = program().replace("http://127.0.0.1:8080/v1", service.baseUrl().toString());

      Path source = folder.resolve("Example.java");
      Files.writeString(source, program);

      List<String> lines = JavaProgram.run(source, Map.of());

      assertThat(lines).hasSizeGreaterThan(100).allMatch(line -> line.matches("[0-9.]+"));
      assertThat(lines).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/serve.md"})
  void curlCommandsWork(String page) throws IOException, InterruptedException {
    try (ReferenceService service = TestData.builder().start()) {
      List<String> commands =
          CURL.matcher(Files.readString(Path.of("..", page)))
              .results()
              .map(
                  found ->
                      found
                          .group()
                          .replace(
                              "http://127.0.0.1:8080/", service.baseUrl().resolve("/").toString()))
              // The index has no URLs of instances, and tests do not contact the public buckets.
              .filter(command -> !TestData.isGiven() || !command.contains("GCS_URL"))
              .toList();

      assertThat(commands).isNotEmpty();
      for (String command : commands) {
        assertThat(output(command, service.issueToken("you@example.org")))
            .as(command)
            .startsWith("{\"code\":200,");
      }
    }
  }

  private static String output(String command, String token)
      throws IOException, InterruptedException {
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", command);
    shell.environment().put("TOKEN", token);
    Process process;
    try {
      process = shell.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      assumeTrue(false, "needs sh and curl");
      throw e;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(process.waitFor() != 127, "needs curl");
    return output;
  }

  private static String program() throws IOException {
    Matcher matcher = PROGRAM.matcher(Files.readString(Path.of("../README.md")));
    assertThat(matcher.find()).as("the README has a Java program").isTrue();
    return matcher.group(1);
  }
}
