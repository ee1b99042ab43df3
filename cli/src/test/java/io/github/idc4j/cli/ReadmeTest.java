package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the Java program in the README compiles and works. */
class ReadmeTest {

  private static final Pattern PROGRAM = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void theProgramPrintsEveryRow() throws IOException, InterruptedException {
    try (ReferenceService service = ReferenceService.builder().start()) {
      String program = program().replace("http://127.0.0.1:8080/v1", service.baseUrl().toString());

      Path source = folder.resolve("Example.java");
      Files.writeString(source, program);

      List<String> lines = JavaProgram.run(source, Map.of());

      assertThat(lines).hasSizeGreaterThan(1000).allMatch(line -> line.startsWith("gs://"));
      assertThat(lines).doesNotHaveDuplicates();
    }
  }

  private static String program() throws IOException {
    Matcher matcher = PROGRAM.matcher(Files.readString(Path.of("../README.md")));
    assertThat(matcher.find()).as("the README has a Java program").isTrue();
    return matcher.group(1);
  }
}
