package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.openapi.IdcOpenApi;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.fault.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Tests the exit codes and messages of the command. */
class CommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return Main.execute(command, arguments);
  }

  /** Runs {@code check} with a base URL, a report folder and more arguments. */
  private int check(URI baseUrl, String... more) {
    List<String> arguments = new ArrayList<>(List.of("check", "--base-url", baseUrl.toString()));
    arguments.addAll(List.of("--report", folder.resolve("report").toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(new String[0]));
  }

  @Test
  void helpListsTheCommands() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("check", "serve", "token");
  }

  @Test
  void versionShowsTheContract() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString())
        .contains(
            "contract: version "
                + IdcOpenApi.version()
                + ", SHA-256 "
                + IdcOpenApi.sha256()
                + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chek",
        "check --base-url ftp://example.org/",
        "check --base-url nonsense",
        "check --base-url http://my_service:8080/v1",
        "check --base-url http://me:secret@127.0.0.1/v1",
        "check --base-url http://me:secret%@127.0.0.1/v1",
        "check --base-url http://127.0.0.1:1/v1 --accepted-base-url http://secret@127.0.0.1/v1",
        "check --live --base-url http://127.0.0.1:1/v1",
        "serve --port 70000",
        "serve --query-wait 30",
        "serve --metrics-port 65536",
        "serve --fault NOSUCH",
        "serve --unfinished-waits -1",
        "serve --bigquery-project p --bigquery-scratch-dataset s",
        "serve --bigquery-project p --bigquery-scratch-dataset s --retired",
        "serve --data idc --instances-from-bucket --bigquery-project p --bigquery-scratch-dataset s",
        "serve --small-sample --bigquery-project p",
        "serve --small-sample --bigquery-scratch-dataset s",
        "serve --small-sample --bigquery-project p --bigquery-scratch-dataset s`t",
        "serve --small-sample --bigquery-project p --bigquery-scratch-dataset s --bigquery-max-bytes-billed 0",
        "serve --small-sample --bigquery-project p --bigquery-scratch-dataset s --bigquery-endpoint ftp://h",
        "serve --issuer https://issuer.example.org",
        "serve --audience client",
        "serve --issuer http://issuer.example.org --audience client",
        "serve --issuer https://user:secret@issuer.example.org --audience client",
        "serve --issuer https://issuer.example.org --audience client --retired",
        "serve --sample-instances many",
        "serve --sample-instances 99999",
        "serve --sample-instances 50000001",
        "serve --sample-instances 1000000 --small-sample",
        "serve --sample-instances 1000000 --retired",
        "serve --reduced --retired",
        "serve --sample-instances 1000000 --data idc",
        "token"
      })
  void wrongUsageExitsWith2AndSaysWhy(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).isNotBlank().doesNotContain("\tat ", "secret");
  }

  @Test
  void aCheckThatJudgesNothingExitsWith3() throws Exception {
    try (ReferenceService service = ReferenceService.builder().start()) {
      // This file has no expired token, so the suite skips the checks of expired tokens.
      Path credentials = folder.resolve("credentials");
      Files.writeString(credentials, "{\"token_response\": {\"id_token\": \"x\"}}");
      assertThat(
              check(
                  service.baseUrl(),
                  "--rule",
                  "auth.expired-token",
                  "--credentials",
                  credentials.toString()))
          .isEqualTo(3);
    }
    assertThat(Files.readString(folder.resolve("report/report.md")))
        .contains("Nothing was checked: every check was skipped");
  }

  @Test
  void aGoodServiceExitsWith0AndAFaultyOneWith1() throws Exception {
    SampleSize small = new SampleSize(Map.of("nlst", 10), 300);
    ReferenceServiceBuilder service =
        ReferenceService.builder().dataFolder(folder.resolve("data")).sampleSize(small);
    try (ReferenceService good = service.start();
        ReferenceService faulty = service.fault(Fault.LOSE_ROW_ON_PAGE_2).start()) {
      assertThat(check(good.baseUrl(), "--rule", "paging.every-row-once")).isZero();
      assertThat(check(faulty.baseUrl(), "--rule", "paging.every-row-once")).isEqualTo(1);
    }
  }

  @Test
  void aCommandThatCanNotDoItsWorkExitsWith3() throws IOException, InterruptedException {
    Path file = Files.createFile(folder.resolve("file"));
    Process command =
        JavaProgram.start(
            Map.of("IDC4J_HOME", file.toString()),
            Main.class.getName(),
            "check",
            "--report",
            folder.resolve("report").toString());

    assertThat(new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("idc4j check: the reference service can't start")
        .doesNotContain("\tat ");
    assertThat(command.waitFor()).isEqualTo(3);
  }

  @Test
  void commandLineOptionsTakePrecedenceOverTheProfile() throws Exception {
    Path profile = folder.resolve("profile");
    Files.writeString(
        profile, "\uFEFFbase-url = http://127.0.0.1:1/v1\nreport = " + folder.resolve("r") + "\n");
    assertThat(run("check", "--profile", profile.toString())).isEqualTo(5);
    assertThat(folder.resolve("r").resolve("junit.xml")).exists();

    try (ReferenceService retired = ReferenceService.builder().retired(true).start()) {
      assertThat(run("check", "--profile=" + profile, "--base-url", retired.baseUrl().toString()))
          .isEqualTo(4);
    }
  }

  @Test
  void anInvalidProfileIsReported() throws Exception {
    Path profile = Files.writeString(folder.resolve("profile"), "base_url = x\n");

    assertThat(run("check", "--profile", profile.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("has the unknown option base_url").hasLineCount(1);
    assertThat(run("check", "--profile", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("can't be read").doesNotContain("\tat ");
  }

  @Test
  void theTokenOfACredentialsFileIsUsed() throws Exception {
    try (ReferenceService service = ReferenceService.builder().start()) {
      Path file = folder.resolve("credentials");
      Files.writeString(
          file,
          "{\"token_response\": {\"id_token\": \"" + service.issueToken("me@example.org") + "\"}}");
      assertThat(
              check(
                  service.baseUrl(),
                  "--credentials",
                  file.toString(),
                  "--rule",
                  "auth.account,tokens.owner"))
          .isZero();
      assertThat(Files.readString(folder.resolve("report/junit.xml")))
          .contains("there is no ID token of a second user (IDC4J_SECOND_TOKEN)")
          .doesNotContain("no ID token was given");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense | is not JSON",
        "{} | has no ID token at token_response.id_token",
        "{\"token_response\":{\"id_token\":\"secret\"},\"invalid\":true} | is marked invalid",
        "{\"token_response\":{\"id_token\":\"secret\"},\"token_expiry\":\"2001-01-01T00:00:00Z\"} | has a token that expired at 2001-01-01T00:00:00Z"
      })
  void anInvalidCredentialsFileIsReported(String text, String message) throws Exception {
    Path file = Files.writeString(folder.resolve("credentials"), text);

    assertThat(check(URI.create("http://127.0.0.1:1/v1"), "--credentials", file.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains(message).doesNotContain("secret").hasLineCount(1);
  }

  @Test
  void aReportFolderThatCannotBeWrittenIsReportedBeforeTheFirstRequest() throws Exception {
    Path file = Files.createFile(folder.resolve("report"));

    assertThat(check(URI.create("http://127.0.0.1:1/v1"))).isEqualTo(3);
    assertThat(err.toString()).contains("the reports cannot be written to " + file).hasLineCount(1);
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
  void aPortInUseExitsWith3AndIsReportedInOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(run("serve", "--retired", "--port", "" + taken.getLocalPort())).isEqualTo(3);
      assertThat(err.toString().strip())
          .hasLineCount(1)
          .contains("cannot listen on port " + taken.getLocalPort())
          .contains("Choose another port with --port");
    }
  }

  @Test
  void aKeyFileThatIsNotOneExitsWith3AndIsReportedInOneLine() throws Exception {
    Path file =
        Files.createFile(
            folder.resolve("keys"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, "secret");

    assertThat(run("serve", "--key-file", file.toString())).isEqualTo(3);
    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("key file " + file + " has 6 bytes instead of 136");
  }

  @Test
  void withoutItsModuleBigQueryExitsWith3AndNamesTheModule() {
    assertThat(
            run(
                "serve",
                "--small-sample",
                "--bigquery-project",
                "p",
                "--bigquery-scratch-dataset",
                "s"))
        .isEqualTo(3);
    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("module idc4j-bigquery is not on the class path");
  }

  @Test
  void withoutItsModulePostgreSqlExitsWith3AndNamesTheModuleButNotTheUrl() {
    assertThat(
            run("serve", "--small-sample", "--state", "jdbc:postgresql://h/d?password=pa55-w0rd"))
        .isEqualTo(3);
    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("module idc4j-postgresql is not on the class path")
        .doesNotContain("pa55-w0rd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://h/d?password=pa55-w0rd",
        "postgresql://u:pa55-w0rd@h/d",
        "postgres://u:pa55-w0rd@h/d"
      })
  void anotherUrlExitsWith2AndIsNotPrinted(String url) {
    assertThat(run("serve", "--state", url)).isEqualTo(2);
    assertThat(err.toString()).contains("jdbc:postgresql:").doesNotContain("pa55-w0rd");
  }

  @Test
  void aRetiredServiceHasNoState() {
    assertThat(run("serve", "--retired", "--state", folder.resolve("state").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--retired");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void invalidUsageIsExplainedWithoutTheWholeHelp() {
    assertThat(run("cohort", "create", "--nam", "x")).isEqualTo(2);
    assertThat(err.toString().lines().toList())
        .startsWith("idc4j cohort create: Missing required option: '--name=NAME'")
        .endsWith("For the options, run idc4j cohort create --help.")
        .hasSizeLessThan(4);
  }

  @Test
  void timesThatAreTooLongExitWith2() {
    assertThat(run("serve", "--client-timeout", "999999999h")).isEqualTo(2);
    assertThat(err.toString()).contains("--client-timeout", "is longer than 720h");
  }

  @ParameterizedTest
  @CsvSource({"--client-timeout,0s", "--max-query-time,0s", "--max-rows,0", "--max-connections,0"})
  void limitsThatAllowNothingExitWith2(String option, String value) {
    assertThat(run("serve", option, value)).isEqualTo(2);
    assertThat(err.toString().lines().findFirst().orElseThrow())
        .startsWith("idc4j serve: Invalid value for option '" + option + "'")
        .contains("'" + value + "'");
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "--max-rows | x | 'x' is not a whole number from 1 to 9223372036854775807",
        "--max-body-bytes | 3000000000 | '3000000000' is not a whole number from 1 to 2147483647",
        "--address | localhost | 'localhost' is not an IP address",
        "--address | '' | '' is not an IP address",
        "--address | 1.2.3.4.5 | '1.2.3.4.5' is not an IP address",
        "--issuer | :: | '::' is not a URL",
        "--allow-host | http://example.org/ | a name without scheme, port and path",
        "--allow-host | example.org:80 | was 'example.org:80'",
        "--allow-host | * | was '*'",
        "--allow-host | '' | was ''",
        "--config | none.properties | the configuration none.properties can't be read: none.properties does not exist."
      },
      delimiter = '|',
      quoteCharacter = '"')
  void aMessageNamesTheOptionAndWhatIsWrong(String option, String value, String part) {
    assertThat(run("serve", option, value.equals("''") ? "" : value)).isEqualTo(2);
    assertThat(err.toString()).contains(part).doesNotContain("java.", "Exception");
    if (!option.equals("--config")) {
      assertThat(err.toString()).contains(option);
    }
  }

  @Test
  void aValueInAFileIsNotExpanded() throws IOException {
    Path file =
        Files.writeString(folder.resolve("serve.properties"), "allow-host = ${env:HOME}$$x\n");

    assertThat(run("serve", "--config", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("was '${env:HOME}$$x'");
  }

  @Test
  void aFolderThatIsNoStateExitsWith3AndNamesTheFolder() throws IOException {
    Files.createFile(folder.resolve("notes.txt"));

    assertThat(run("serve", "--small-sample", "--state", folder.toString())).isEqualTo(3);
    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains(folder + " is not a state folder", "Choose an empty folder");
  }

  @Test
  void tokenComesFromTheIssuerOfTheService() throws Exception {
    try (ReferenceService service = ReferenceService.builder().start()) {
      assertThat(run("token", "you@example.org", "--port", "" + service.baseUrl().getPort()))
          .isZero();
    }
    assertThat(out.toString().strip().split("\\.")).hasSize(3);
  }

  @Test
  void tokenWithoutAServiceShowsHowToStartOne() {
    assertThat(run("token", "you@example.org", "--port", "1")).isEqualTo(1);
    assertThat(err.toString())
        .contains("no service responds at http://127.0.0.1:1/", "idc4j serve", "--port");
  }

  @Test
  void aRefusedTokenShowsTheReason() throws Exception {
    try (ReferenceService service = ReferenceService.builder().start()) {
      assertThat(run("token", "", "--base-url", service.baseUrl().toString())).isEqualTo(1);
    }
    assertThat(err.toString()).startsWith("idc4j token: ").contains("the status 400: ");
  }

  @Test
  void aTokenOfARetiredServiceShowsTheStatus() throws Exception {
    try (ReferenceService service = ReferenceService.builder().retired(true).start()) {
      assertThat(run("token", "a@example.org", "--base-url", service.baseUrl().toString()))
          .isEqualTo(1);
    }
    assertThat(err.toString()).contains("the status 404");
  }

  @ParameterizedTest
  @CsvSource({"30s, 30000", "250ms, 250", "2m, 120000", "1h, 3600000"})
  void readsDurations(String text, long millis) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }
}
