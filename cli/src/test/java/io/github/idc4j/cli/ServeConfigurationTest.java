package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Tests where {@code serve} takes its options from, and what it prints about them. */
class ServeConfigurationTest {

  @TempDir Path folder;

  private Path file(String... lines) throws IOException {
    return Files.writeString(folder.resolve("service.properties"), String.join("\n", lines));
  }

  private static CommandLine parse(Map<String, String> environment, String... options)
      throws UserException {
    CommandLine command = Main.commandLine();
    List<String> args = new ArrayList<>(List.of("serve"));
    args.addAll(List.of(options));
    CommandLine serve = command.getSubcommands().get("serve");
    Configuration.apply(serve, environment, args.toArray(new String[0]));
    command.parseArgs(args.toArray(new String[0]));
    return serve;
  }

  private static Object value(CommandLine serve, String option) {
    return serve.getCommandSpec().findOption(option).getValue();
  }

  @Test
  void theCommandLinePrecedesTheEnvironmentWhichPrecedesTheFile() throws Exception {
    Path file = file("port = 1", "query-wait = 1s", "unfinished-waits = 1", "audience = a,b");
    CommandLine serve =
        parse(
            Map.of(
                "IDC4J_SERVE_PORT",
                "2",
                "IDC4J_SERVE_UNFINISHED_WAITS",
                "2",
                "IDC4J_SERVE_QUERY_WAIT",
                ""),
            "--port",
            "3",
            "--config",
            file.toString());

    assertThat(value(serve, "--port")).isEqualTo(3);
    assertThat(value(serve, "--unfinished-waits")).isEqualTo(2);
    assertThat(value(serve, "--query-wait")).hasToString("PT1S");
    assertThat(value(serve, "--audience")).isEqualTo(List.of("a", "b"));
    assertThat(Configuration.describe(serve))
        .containsExactlyInAnyOrder(
            "port = 3 (from the command line)",
            "config = " + file + " (from the command line)",
            "unfinished-waits = 2 (from IDC4J_SERVE_UNFINISHED_WAITS)",
            "query-wait = 1s (from " + file + ")",
            "audience = a,b (from " + file + ")");
    assertThat(Configuration.describe(parse(Map.of()))).isEmpty();
  }

  @Test
  void flagsCanBeSetAndUnset() throws Exception {
    Map<String, String> environment =
        Map.of(
            "IDC4J_SERVE_CONFIG",
            file("quirks = true", "cors = true", "retired = true", "reduced = false").toString(),
            "IDC4J_SERVE_CORS",
            "false");
    CommandLine serve = parse(environment, "--quirks");

    assertThat(value(serve, "--quirks")).isEqualTo(true);
    assertThat(value(serve, "--cors")).isEqualTo(false);
    assertThat(value(serve, "--retired")).isEqualTo(true);
    assertThat(value(serve, "--reduced")).isEqualTo(false);
    assertThat(Configuration.describe(serve)).contains("quirks = true (from the command line)");
  }

  /** A new option is configurable without further code. */
  @Test
  void everyOptionHasAVariable() throws Exception {
    for (OptionSpec option :
        Main.commandLine().getSubcommands().get("serve").getCommandSpec().options()) {
      String name = option.longestName();
      if (name.equals("--help") || name.equals("--version") || name.equals("--config")) {
        continue;
      }
      String value =
          switch (option.type().getSimpleName()) {
            case "boolean" -> "true";
            case "int", "long", "Integer", "Long" -> "7";
            case "Duration" -> "7s";
            case "Set" -> "FAIL_QUERIES";
            case "AbsentColumns" -> "NULL";
            case "InetAddress" -> "127.0.0.7";
            default -> "http://h/7";
          };
      String variable =
          "IDC4J_SERVE_" + name.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
      assertThat(Configuration.describe(parse(Map.of(variable, value))))
          .as(name)
          .singleElement()
          .asString()
          .endsWith(" (from " + variable + ")");
    }
  }

  @Test
  void linesAreValuesOfAnOptionWithSeveralValues() throws Exception {
    CommandLine serve = parse(Map.of(), "--config", file("data = a b\\nc,d").toString());

    assertThat(value(serve, "--data")).isEqualTo(List.of(Path.of("a b"), Path.of("c,d")));
  }

  @Test
  void secretsAreMasked() throws Exception {
    CommandLine serve =
        parse(
            Map.of(
                "IDC4J_SERVE_TLS_KEYSTORE_PASSWORD_FILE",
                "secret",
                "IDC4J_SERVE_BUCKET_ENDPOINT",
                "http://me:se@cret@host/x?a=1&PassWord=secret&b=2&apiToken=secret"),
            "--key-file",
            "jdbc:postgresql://me:secret@h/db?user=u&password=secret");

    assertThat(Configuration.describe(serve))
        .containsExactlyInAnyOrder(
            "tls-keystore-password-file = *** (from IDC4J_SERVE_TLS_KEYSTORE_PASSWORD_FILE)",
            "key-file = jdbc:postgresql://***@h/db?user=u&password=*** (from the command line)",
            "bucket-endpoint = http://***@host/x?a=1&PassWord=***&b=2&apiToken=*** (from"
                + " IDC4J_SERVE_BUCKET_ENDPOINT)");
  }

  @Test
  void unknownOptionsAreErrorsWithASuggestion() throws Exception {
    Path file = file("log-request = 1");
    assertThatThrownBy(() -> parse(Map.of(), "--config", file.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(
            file + " has the unknown option log-request.", "Similar options: log-requests");
    assertThatThrownBy(() -> parse(Map.of("IDC4J_SERVE_LOG_REQUEST", "1")))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("IDC4J_SERVE_LOG_REQUEST is not", "Similar options: log-requests");
    for (String name : List.of("config", "help", "version")) {
      Path own = file(name + " = x");
      assertThatThrownBy(() -> parse(Map.of(), "--config=" + own))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("the unknown option " + name);
    }
    assertThatThrownBy(() -> parse(Map.of(), "--config", "none"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none can't be read");
  }

  @Test
  void aWrongValueIsReportedWithItsSource() throws Exception {
    CommandLine command = Main.commandLine();
    StringWriter err = new StringWriter();
    command.setErr(new PrintWriter(err));
    Configuration.apply(
        command.getSubcommands().get("serve"), Map.of("IDC4J_SERVE_PORT", "many"), "serve");

    assertThat(command.execute("serve")).isEqualTo(2);
    assertThat(err.toString())
        .contains("The value comes from IDC4J_SERVE_PORT.", "'--port': 'many' is not an int");
  }

  @Test
  void onlyServeReadsTheEnvironment() throws IOException, InterruptedException {
    Map<String, String> environment = Map.of("IDC4J_SERVE_NONE", "1");
    String main = Main.class.getName();

    assertThat(JavaProgram.start(environment, main, "help", "serve").waitFor()).isZero();
    assertThat(JavaProgram.start(environment, main, "serve", "--help").waitFor()).isEqualTo(2);
  }
}
