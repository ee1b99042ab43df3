package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.ReferenceService;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line: its exit codes and what it tells a user. */
class CommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return command.execute(arguments);
  }

  @Test
  void helpListsTheCommands() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("check", "serve", "token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chek",
        "check --base-url ftp://example.org/",
        "check --base-url nonsense",
        "check --live --base-url http://127.0.0.1:1/v1",
        "serve --port 70000",
        "serve --query-wait 30",
        "serve --fault NOSUCH",
        "serve --unfinished-waits -1",
        "token"
      })
  void wrongUsageExitsWith2AndSaysWhy(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
  }

  @Test
  void aServiceThatIsAwayExitsWith5() {
    assertThat(run("check", "--base-url", "http://127.0.0.1:1/v1", "--report", folder.toString()))
        .isEqualTo(5);
  }

  @Test
  void aRetiredServiceExitsWith4() throws Exception {
    try (ReferenceService retired = ReferenceService.builder().retired(true).start()) {
      assertThat(
              run(
                  "check",
                  "--base-url",
                  retired.baseUrl().toString(),
                  "--report",
                  folder.toString()))
          .isEqualTo(4);
    }
  }

  @Test
  void aPortInUseIsToldInOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(run("serve", "--retired", "--port", "" + taken.getLocalPort())).isEqualTo(2);
    }
    assertThat(err.toString().strip()).hasLineCount(1).contains("--port");
  }

  @Test
  void tokenAsksTheIssuerOfTheService() throws Exception {
    try (ReferenceService service = ReferenceService.builder().start()) {
      assertThat(run("token", "you@example.org", "--port", "" + service.baseUrl().getPort()))
          .isZero();
    }
    assertThat(out.toString().strip().split("\\.")).hasSize(3);
  }

  @Test
  void tokenWithoutAServiceSaysHowToStartOne() {
    assertThat(run("token", "you@example.org", "--port", "1")).isEqualTo(1);
    assertThat(err.toString()).contains("./idc4j serve --port 1");
  }

  @ParameterizedTest
  @CsvSource({"30s, 30000", "250ms, 250", "2m, 120000", "1h, 3600000"})
  void readsDurations(String text, long millis) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }
}
