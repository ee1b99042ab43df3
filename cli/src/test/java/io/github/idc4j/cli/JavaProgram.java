package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs programs with the class path of the tests. */
final class JavaProgram {

  private JavaProgram() {}

  /** Compiles and runs a single-file program; returns the lines that it printed. */
  static List<String> run(Path source, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> program = new ArrayList<>(List.of(source.toString()));
    program.addAll(List.of(arguments));
    Process process = start(environment, program.toArray(new String[0]));
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit code; output: %s", output).isZero();
    return output.lines().toList();
  }

  /** Starts a class or a source file, with its standard error merged into its standard output. */
  static Process start(Map<String, String> environment, String... program) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As in ./idc4j. Newer Java versions warn about DuckDB's native code otherwise.
    command.add("--enable-native-access=ALL-UNNAMED");
    // Halves the CPU time of programs that run for seconds.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(program));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }
}
