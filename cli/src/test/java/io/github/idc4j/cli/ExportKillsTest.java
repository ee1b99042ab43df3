package io.github.idc4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * Kills and interrupts exports at random moments, and resumes them. {@code -Didc4j.kills=50} sets
 * the number of kills for each format, and then the exports have 200,000 rows.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "sends signals with the commands of Linux")
@Tag("slow")
class ExportKillsTest {

  private static final int DEFAULT_KILLS = 2;
  private static final int KILLS = Integer.getInteger("idc4j.kills", DEFAULT_KILLS);
  private static final int ROWS = KILLS == DEFAULT_KILLS ? 100_000 : 200_000;

  private static ReferenceService service;

  @TempDir Path folder;

  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws IOException {
    service = ReferenceService.builder().sampleSize(SampleSize.scaled(ROWS)).start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static String[] arguments(Path file) {
    return new String[] {
      "manifest",
      "--columns=SOPInstanceUID,SeriesInstanceUID,Patient_ID",
      "--resume",
      "--base-url=" + service.baseUrl(),
      "-o",
      file.toString()
    };
  }

  private int exportHere(Path file) {
    CommandLine command = Main.commandLine().setErr(new PrintWriter(err));
    return Main.execute(command, arguments(file));
  }

  /** Starts a process that Ctrl-C interrupts, even if this build runs in the background. */
  private static Process start(Path file) throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(JavaProgram.command(Main.class.getName()));
    command.addAll(List.of(arguments(file)));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static void send(String signal, Process process)
      throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** Waits until the process has created a file. */
  private static void await(Path created, Process process) {
    while (Files.notExists(created) && process.isAlive()) {
      Thread.onSpinWait();
    }
  }

  /** Starts a process and waits until its export begins. */
  private static Process begin(Path file) throws IOException {
    Path lock = beside(file, ".lock");
    // A process that was killed leaves its lock file.
    Files.deleteIfExists(lock);
    Process process = start(file);
    await(lock, process);
    return process;
  }

  /** Returns the time from the beginning of an export to the end of its process. */
  private static Duration exportUninterrupted(Path file) throws IOException, InterruptedException {
    Process process = begin(file);
    long start = System.nanoTime();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Returns what the process printed. */
  private static String kill(Process process, String signal)
      throws IOException, InterruptedException {
    send(signal, process);
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isIn(0, signal.equals("KILL") ? 137 : 130);
    return output;
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "parquet"})
  void killedExportResumesToTheSameFile(String format) throws IOException, InterruptedException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Path whole = folder.resolve("whole." + format);
    Path file = folder.resolve("rows." + format);
    long nanos = exportUninterrupted(whole).toNanos();
    int unfinished = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      Process process = begin(file);
      process.waitFor(random.nextLong(nanos), TimeUnit.NANOSECONDS);
      String signal = random.nextBoolean() ? "KILL" : "INT";
      String output = kill(process, signal);
      String event = "seed %d, kill %d with %s: %s".formatted(seed, kill, signal, output);
      if (signal.equals("INT")) {
        assertThat(output).as(event).containsAnyOf("Interrupted.", "rows in");
      }
      if (Files.exists(file)) {
        assertThat(file).as(event).hasSameBinaryContentAs(whole);
      } else {
        unfinished++;
      }
      // Some exports are killed several times.
      if (kill == KILLS || random.nextInt(3) > 0) {
        assertThat(exportHere(file)).as(event + err).isZero();
        assertThat(file).as(event + err).hasSameBinaryContentAs(whole);
        assertThat(folder.toFile().list()).as(event).hasSize(2);
        Files.delete(file);
      }
    }
    System.out.printf(
        "%s, %,d rows, seed %d: %d of %d kills left an unfinished file%n",
        format, ROWS, seed, unfinished, KILLS);
    if (KILLS > DEFAULT_KILLS) {
      assertThat(unfinished).isGreaterThan(KILLS / 4);
      assertThat(err.toString()).contains("Resuming after ");
    }
  }

  @Test
  void secondExportToTheSameFileIsRefused() throws IOException, InterruptedException {
    Path whole = folder.resolve("whole.csv");
    Path file = folder.resolve("rows.csv");
    exportUninterrupted(whole);
    Process first = start(file);
    await(beside(file, ".checkpoint"), first);
    send("STOP", first);

    assertThat(exportHere(file)).isEqualTo(2);

    assertThat(err.toString())
        .contains("Another command is writing to " + file + ". Wait until it ends");
    send("CONT", first);
    assertThat(first.waitFor()).isZero();
    assertThat(file).hasSameBinaryContentAs(whole);
    assertThat(folder.toFile().list()).hasSize(2);
  }
}
