package io.github.idc4j.service.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests temporary folders of several processes. */
@Timeout(120)
class TemporaryFolderTest {

  private static final int FOLDERS = 300;

  @TempDir Path temporary;

  private final List<Process> processes = new ArrayList<>();

  /** Creates folders and deletes them. */
  public static void main(String[] args) throws IOException {
    for (int i = 0; i < FOLDERS; i++) {
      try (TemporaryFolder folder = TemporaryFolder.create("test")) {
        for (int file = 0; file < 10; file++) {
          Files.createFile(folder.path().resolve("file" + file));
        }
      }
    }
  }

  @AfterEach
  void kill() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void processesThatStartDoNotDisturbThoseThatEnd() throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Djava.io.tmpdir=" + temporary,
                  "-cp",
                  System.getProperty("java.class.path"),
                  TemporaryFolderTest.class.getName())
              .redirectErrorStream(true)
              .start());
    }

    for (Process process : processes) {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
    }
    assertThat(temporary).isDirectoryNotContaining("glob:**idc4j-test-*");
  }
}
