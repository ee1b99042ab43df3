package io.github.idc4j.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs {@code ./idc4j serve} of this checkout. {@link #close} ends it. */
final class ServiceProcess implements AutoCloseable {

  private static final String LAUNCHER = "." + File.separator + "idc4j";

  private final Process process;
  private final String baseUrl;
  private final double seconds;

  private ServiceProcess(Process process, String baseUrl, double seconds) {
    this.process = process;
    this.baseUrl = baseUrl;
    this.seconds = seconds;
  }

  /** Builds the command if that is necessary, so that no start of the service includes it. */
  static void prepare() throws IOException, InterruptedException {
    Process version = new ProcessBuilder(LAUNCHER, "--version").inheritIO().start();
    if (version.waitFor() != 0) {
      throw new IOException(
          LAUNCHER + " --version failed. Run the benchmark in the root folder of the checkout.");
    }
  }

  /**
   * Starts the service and waits until it is ready.
   *
   * @param home the folder for loaded and generated data; the service writes temporary files and
   *     results to its subfolder {@code tmp}
   */
  static ServiceProcess start(Path home, String... options) throws IOException {
    Files.createDirectories(temporary(home));
    List<String> command =
        new ArrayList<>(List.of(LAUNCHER, "serve", "--port", "0", "--query-wait", "3600s"));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("IDC4J_HOME", home.toString());
    builder
        .environment()
        .put("IDC4J_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary(home).toAbsolutePath());
    long begin = System.nanoTime();
    Process process = builder.start();
    String baseUrl =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    if (baseUrl == null) {
      throw new IOException(command + " ended without a base URL.");
    }
    return new ServiceProcess(process, baseUrl, (System.nanoTime() - begin) / 1e9);
  }

  /** Returns the folder for temporary files of the services with this home. */
  static Path temporary(Path home) {
    return home.resolve("tmp");
  }

  /** Returns the DuckDB file with the only data set in a home. */
  static Path database(Path home) throws IOException {
    try (var files = Files.find(home, 2, (path, attributes) -> path.endsWith("data.duckdb"))) {
      return files.findAny().orElseThrow();
    }
  }

  String baseUrl() {
    return baseUrl;
  }

  /** Returns the time from the start of the process until the service was ready, in seconds. */
  double secondsUntilReady() {
    return seconds;
  }

  /** Returns the peak resident memory of the service in MB. Works on Linux only. */
  double peakMegabytes() throws IOException {
    return peakMegabytes(process);
  }

  /** Returns the peak resident memory of a process in MB; 0 if it has ended. */
  static double peakMegabytes(Process process) throws IOException {
    try (Stream<String> lines =
        Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024 / 1e6)
          .findAny()
          .orElse(0);
    } catch (NoSuchFileException ended) {
      return 0;
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
