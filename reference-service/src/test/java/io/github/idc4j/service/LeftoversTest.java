package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.data.SampleSize;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests what killed processes leave in the temporary folder. */
@Timeout(120)
@Tag("slow")
class LeftoversTest {

  @TempDir Path home;
  @TempDir Path temporary;

  private final List<Process> processes = new ArrayList<>();

  /** Runs a service with a result on the disk until the process is killed. */
  public static void main(String[] args) throws IOException, InterruptedException {
    ReferenceService service =
        ReferenceService.builder()
            .dataFolder(Path.of(args[0]))
            .sampleSize(new SampleSize(Map.of("nlst", 3), 5000))
            .start();
    Http.send("GET", service.baseUrl() + "/dicomMetadata", null, null, null);
    System.out.println(service.baseUrl());
    Thread.currentThread().join();
  }

  private Process start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                LeftoversTest.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    processes.add(process);
    assertThat(
            new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine())
        .startsWith("http://");
    return process;
  }

  @AfterEach
  void kill() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  private List<String> folders() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files
          .filter(Files::isDirectory)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("idc4j-"))
          .toList();
    }
  }

  @Test
  void theNextStartDeletesWhatAKilledProcessLeftButNothingOfOthers()
      throws IOException, InterruptedException {
    Process killed = start();
    List<String> left = folders();
    assertThat(left).hasSize(2);
    killed.destroyForcibly().waitFor();
    assertThat(folders()).hasSameElementsAs(left);

    start();
    List<String> second = folders();
    start();

    assertThat(second).hasSize(2).doesNotContainAnyElementsOf(left);
    assertThat(folders()).hasSize(4).containsAll(second);
  }

  @Test
  void aKilledProcessLeavesNoLibrary() throws IOException, InterruptedException {
    start().destroyForcibly().waitFor();

    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files.filter(file -> file.toString().endsWith(".so"))).isEmpty();
    }
  }
}
