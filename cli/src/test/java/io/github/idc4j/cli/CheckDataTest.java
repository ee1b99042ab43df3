package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code check} with data sets. The service must pass with what it offers. */
@Tag("slow")
class CheckDataTest {

  @TempDir Path folder;

  private void assertPasses(String... arguments) throws IOException, InterruptedException {
    List<String> program =
        new ArrayList<>(
            List.of(
                Main.class.getName(), "check", "--report", folder.resolve("report").toString()));
    program.addAll(List.of(arguments));
    Process check =
        JavaProgram.start(
            Map.of("IDC4J_HOME", folder.resolve("home").toString()),
            program.toArray(String[]::new));
    String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(output).isZero();
    assertThat(output).contains(" 0 failed,");
    System.out.println(
        output.lines().filter(line -> line.contains(" 0 failed,")).findFirst().orElseThrow());
  }

  @Test
  void anExportOfInstancesOffersEverything() throws IOException, InterruptedException {
    // Without --data, the command generates the sample, which has the format of an export.
    assertPasses("--area", "metadata");
    try (Stream<Path> folders = Files.list(folder.resolve("home"))) {
      Path export =
          folders
              .filter(path -> path.getFileName().toString().startsWith("sample-"))
              .findAny()
              .orElseThrow();

      assertPasses("--data", export.toString());
    }
  }

  @Test
  void anIndexOffersWhatItsProfileSays() throws IOException, InterruptedException {
    Path wheel = IndexPackage.write(folder, 100, "");

    assertPasses("--data", wheel.toString(), "--profile", "index", "--rule", "metadata.versions");
  }

  @Test
  void theRealIndexOffersWhatItsProfileSays() throws IOException, InterruptedException {
    assumeTrue(TestData.isGiven(), "needs -Didc4j.data=PATH, the path of a wheel");

    assertPasses("--data", TestData.path().toString(), "--profile", "index");
  }
}
