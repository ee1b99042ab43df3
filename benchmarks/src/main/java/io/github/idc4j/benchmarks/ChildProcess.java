package io.github.idc4j.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs a walk in a separate process and measures it. */
final class ChildProcess {

  /** The number of clock ticks per second in {@code /proc}; always 100 on Linux. */
  private static final double TICKS = 100;

  private static final Pattern CLIENT_JARS =
      Pattern.compile(
          "(idc4j-(benchmarks|client)|converter-moshi|kotlin-stdlib|moshi|okhttp|okio|retrofit)-");

  private ChildProcess() {}

  /**
   * The measurements of a walk.
   *
   * @param rows number of rows
   * @param seconds wall time in seconds, including the start of the process
   * @param cpu CPU time in seconds, user and system together; empty if this is not Linux
   * @param heap peak heap in MB; empty if the process does not print it
   */
  record Measured(long rows, double seconds, OptionalDouble cpu, OptionalDouble heap) {}

  static List<String> java(String heap, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (!heap.isEmpty()) {
      command.add(heap);
    }
    command.addAll(List.of("-cp", clientClassPath(), main.getName()));
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /** Returns the class path for a program that uses the client. It omits the service's JARs. */
  private static String clientClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> CLIENT_JARS.matcher(Path.of(entry).getFileName().toString()).lookingAt())
        .collect(Collectors.joining(File.pathSeparator));
  }

  static List<String> python(String url) {
    return List.of(
        "python3",
        String.join(File.separator, "benchmarks", "src", "main", "python", "walk.py"),
        url);
  }

  /**
   * Runs a command and measures it. The command prints the number of rows. After this number, it
   * may also print the peak heap in MB.
   */
  static Measured run(List<String> command) throws IOException, InterruptedException {
    OptionalDouble cpuBefore = childrenCpu();
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(command + " ended with " + process.exitValue() + ": " + printed);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    OptionalDouble cpu = childrenCpu();
    String[] parts = printed.split(" ");
    return new Measured(
        Long.parseLong(parts[0]),
        seconds,
        cpu.isPresent()
            ? OptionalDouble.of(cpu.getAsDouble() - cpuBefore.getAsDouble())
            : OptionalDouble.empty(),
        parts.length > 1
            ? OptionalDouble.of(Double.parseDouble(parts[1]))
            : OptionalDouble.empty());
  }

  /**
   * Returns the total CPU time in seconds of all child processes that have ended; empty if this is
   * not Linux.
   */
  private static OptionalDouble childrenCpu() throws IOException {
    Path stat = Path.of("/proc/self/stat");
    if (!Files.exists(stat)) {
      return OptionalDouble.empty();
    }
    String text = Files.readString(stat);
    // The fields after the name in parentheses start with field 3. Fields 16 and 17 are cutime and
    // cstime.
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    return OptionalDouble.of((Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS);
  }
}
