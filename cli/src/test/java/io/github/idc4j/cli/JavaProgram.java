package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs Java programs with the class path of the tests. */
final class JavaProgram {

  private JavaProgram() {}

  /**
   * Compiles and runs a program that is a single source file. Returns the lines that the program
   * printed.
   */
  static List<String> run(Path source, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> program = new ArrayList<>(List.of(source.toString()));
    program.addAll(List.of(arguments));
    Process process = start(environment, program.toArray(new String[0]));
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit code; output: %s", output).isZero();
    return output.lines().toList();
  }

  /**
   * Starts a program from a class or a source file. The program's standard error is merged into its
   * standard output.
   */
  static Process start(Map<String, String> environment, String... program) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(program)).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  /**
   * Returns the command that runs a program.
   *
   * @param program options of Java, a class or a source file, and the arguments of the program
   */
  static List<String> command(String... program) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The script ./idc4j sets this option too. Without it, newer Java versions warn about DuckDB's
    // native code.
    command.add("--enable-native-access=ALL-UNNAMED");
    // These options halve the CPU time of programs that run for a few seconds.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(program));
    return command;
  }
}
