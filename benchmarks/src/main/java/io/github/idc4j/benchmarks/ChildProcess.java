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

/** Runs a walk as a process, and measures it. */
final class ChildProcess {

  /** Clock ticks per second in {@code /proc}; fixed on Linux. */
  private static final double TICKS = 100;

  private static final Pattern CLIENT_JARS =
      Pattern.compile(
          "(idc4j-(benchmarks|client)|converter-moshi|kotlin-stdlib|moshi|okhttp|okio|retrofit)-");

  private ChildProcess() {}

  /**
   * A measured walk.
   *
   * @param seconds wall time, the start of the process included
   * @param cpu seconds of CPU time, user and system; empty if this is not Linux
   * @param heap peak heap in MB; empty if the process has none
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

  /** Returns the class path of a program that uses the client, without the service's jars. */
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

  /** Runs a command that prints a number of rows and, if it has a heap, the heap's peak in MB. */
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

  /** Returns the CPU time of all child processes that have ended. */
  private static OptionalDouble childrenCpu() throws IOException {
    Path stat = Path.of("/proc/self/stat");
    if (!Files.exists(stat)) {
      return OptionalDouble.empty();
    }
    String text = Files.readString(stat);
    // After the name in parentheses come the fields from 3 on; cutime and cstime are 16 and 17.
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    return OptionalDouble.of((Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS);
  }
}
