package io.github.idc4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests {@code open} with a program in place of the browser. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenCommandTest {

  @TempDir Path folder;

  /** Installs a browser that writes its argument into a pipe. Returns the pipe. */
  private Path installBrowser() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path browser =
        Files.writeString(
            folder.resolve("xdg-open"), "#!/bin/sh\nprintf %s \"$1\" > " + pipe + "\n");
    assertThat(browser.toFile().setExecutable(true)).isTrue();
    return pipe;
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs xdg-open")
  void pageOfAServiceIsOpenedInTheBrowser() throws IOException, InterruptedException {
    Path pipe = installBrowser();
    try (ReferenceService service =
        ReferenceService.builder().sampleSize(SampleSize.small()).start()) {
      Process open =
          JavaProgram.start(
              Map.of("PATH", folder + ":" + System.getenv("PATH")),
              Main.class.getName(),
              "open",
              "--base-url",
              service.baseUrl().toString());

      String page = "http://" + service.baseUrl().getAuthority() + "/";
      assertThat(Files.readString(pipe)).isEqualTo(page);
      assertThat(new String(open.getInputStream().readAllBytes(), UTF_8)).isEqualTo(page + "\n");
      assertThat(open.waitFor()).isZero();
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "on other systems, the browser is elsewhere")
  void withoutABrowserTheUrlIsPrinted() throws IOException, InterruptedException {
    Process open =
        JavaProgram.start(
            Map.of("PATH", folder.toString()),
            Main.class.getName(),
            "open",
            "--base-url",
            "http://127.0.0.1:9/v1");

    assertThat(new String(open.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("http://127.0.0.1:9/\nNo browser was found. Open the URL in one yourself.\n");
    assertThat(open.waitFor()).isZero();
  }

  @Test
  void withoutABaseUrlAServiceRunsUntilTheCommandIsInterrupted()
      throws IOException, InterruptedException {
    Process open = JavaProgram.start(Map.of(), Main.class.getName(), "open", "--no-browser");
    try (BufferedReader output = open.inputReader()) {
      String page =
          output.lines().filter(line -> line.startsWith("http://")).findFirst().orElseThrow();
      assertThat(output.readLine()).isEqualTo("Press Ctrl-C to stop the service.");

      HttpResponse<String> response = SimulatedBrowser.get(page);

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).contains("<html");
      assertThat(open.isAlive()).isTrue();
    } finally {
      open.destroy();
    }
    assertThat(open.waitFor()).isEqualTo(143);
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, xdg-open",
    "Mac OS X, open",
    "Windows 11, rundll32 url.dll@FileProtocolHandler"
  })
  void everySystemHasAProgramThatOpensPages(String system, String program) {
    List<String> expected = List.of((program.replace('@', ',') + " http://127.0.0.1/").split(" "));

    assertThat(Browser.command(system, URI.create("http://127.0.0.1/"))).isEqualTo(expected);
  }
}
