package io.github.idc4j.cli;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Tests the examples in the help of all commands. Each one runs in a shell, in an empty folder,
 * with a new service that has synthetic data and a user with a saved cohort.
 */
@Tag("slow")
class ExamplesTest {

  private static final String USER = "you@example.org";

  /** In examples, the service has the default port of {@code serve}. */
  private static final Pattern PORT = Pattern.compile("\\b8080\\b");

  /** Commands that run until the user ends them. They are ready when they have printed a URL. */
  private static final Set<String> ENDLESS = Set.of("serve", "open", "login");

  private static final int RELEASE = 25;
  private static final int WIDTH = 80;

  @TempDir private static Path packages;
  @TempDir private static Path home;
  @TempDir private static Path programs;
  @TempDir Path folder;

  private static Stream<CommandLine> commands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(ExamplesTest::commands));
  }

  /** Returns all commands except {@code idc4j} itself and {@code help}. */
  static List<CommandLine> commands() {
    return commands(Main.commandLine())
        .filter(command -> command.getParent() != null)
        .filter(command -> !command.getCommandSpec().helpCommand())
        .distinct()
        .toList();
  }

  /** Returns the lines below the heading of the examples, which must be the last lines. */
  private static List<String> examples(CommandLine command) {
    String[] parts = command.getUsageMessage().split("(?m)^Examples:\\R", 2);
    assertThat(parts).as(command.getUsageMessage()).hasSize(2);
    return parts[1].lines().toList();
  }

  static List<String> examples() {
    return Stream.concat(
            MainHelp.TASKS.stream().map(MainHelp.Task::command),
            commands().stream().flatMap(command -> examples(command).stream()).map(String::strip))
        .distinct()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpEndsWithTwoExamples(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();

    assertThat(examples(command))
        .hasSize(2)
        .doesNotHaveDuplicates()
        .allMatch(example -> (example + " ").startsWith("  " + name + " "));
  }

  @Test
  void helpShowsTheFiveMostCommonTasksAndThenEachCommandOnce() {
    CommandLine command = Main.commandLine();
    String help = command.getUsageMessage();

    assertThat(MainHelp.TASKS).hasSize(5);
    assertThat(help)
        .containsSubsequence(
            MainHelp.TASKS.stream().map(task -> "\n    " + task.command() + "\n").toList());
    List<String> headings =
        List.of("Common tasks:", "Data:", "Cohorts and accounts:", "Services:", "Other:");
    List<String> shown = help.lines().toList();
    assertThat(shown).containsSubsequence(headings);
    assertThat(shown).allMatch(line -> line.length() <= WIDTH);
    assertThat(
            shown.subList(shown.indexOf("Data:"), shown.size()).stream()
                .filter(line -> line.matches("  [a-z].*"))
                .map(line -> line.strip().split(" ")[0]))
        .containsExactlyInAnyOrderElementsOf(command.getSubcommands().keySet());
  }

  private static Map<String, String> environment(ReferenceService service) {
    return Map.of(
        "IDC4J_HOME", home.toString(),
        "IDC4J_BASE_URL", service.baseUrl().toString(),
        "IDC4J_TOKEN", service.issueToken(USER),
        "IDC4J_SERVE_PORT", "0",
        "HOME", home.toString(),
        "PIP_NO_INDEX", "1",
        "PIP_FIND_LINKS", packages.toString(),
        "PATH", programs + ":" + System.getenv("PATH"));
  }

  private static void createCohort(ReferenceService service) {
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl(service.baseUrl().toString())
            .credentials(Credentials.of(service.issueToken(USER)))
            .build()) {
      client.createCohort(CohortDefinition.of("lung", Attributes.MODALITY.anyOf("CT")));
    }
  }

  /** Installs {@code idc4j} and a browser, and provides the Python package of a release. */
  @BeforeAll
  static void install() throws IOException {
    install("idc4j", String.join(" ", JavaProgram.command(Main.class.getName())) + " \"$@\"");
    install("xdg-open", "true");
    install("open", "true");
    IndexPackage.write(packages, RELEASE);
    IndexPackage.write(Files.createDirectories(home.resolve("idc")), RELEASE);
  }

  private static void install(String name, String command) throws IOException {
    Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\nexec " + command + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("examples")
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
  void exampleWorks(String example) throws IOException, InterruptedException {
    try (ReferenceService service =
        ReferenceService.builder().dataFolder(home).sampleSize(SampleSize.small()).start()) {
      createCohort(service);
      String line = PORT.matcher(example).replaceAll("" + service.baseUrl().getPort());
      ProcessBuilder shell = new ProcessBuilder("sh", "-c", "exec " + line);
      shell.directory(folder.toFile()).redirectErrorStream(true);
      shell.environment().putAll(environment(service));
      Process process = shell.start();
      CompletableFuture.delayedExecutor(5, MINUTES).execute(process::destroyForcibly);
      try (BufferedReader output = process.inputReader()) {
        if (ENDLESS.contains(example.split(" ")[1])) {
          // AssertJ would read all lines of a stream, and the command does not end.
          assertThat(output.lines().anyMatch(text -> text.startsWith("http://127.0.0.1:")))
              .isTrue();
        } else {
          List<String> lines = output.lines().toList();
          assertThat(process.waitFor()).as("%s", lines).isZero();
          assertThat(lines.isEmpty() && folder.toFile().list().length == 0)
              .as("neither output nor a file")
              .isFalse();
        }
      } finally {
        process.destroy();
      }
    }
  }
}
