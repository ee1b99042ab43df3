package io.github.idc4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a command starts fast: it loads only the classes that it needs. */
class StartTest {

  private static final Pattern CLASS = Pattern.compile("(\\S+) source: ");

  @TempDir Path folder;

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = JavaProgram.start(Map.of(), command);
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private List<String> loaded(String... arguments) throws IOException, InterruptedException {
    Path log = folder.resolve("classes");
    List<String> command =
        new ArrayList<>(List.of("-Xlog:class+load:file=" + log, Main.class.getName()));
    command.addAll(List.of(arguments));
    run(command.toArray(String[]::new));
    return CLASS.matcher(Files.readString(log)).results().map(found -> found.group(1)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "query --help"})
  void loadsNoOptionsOfOtherCommandsAndNoLibrariesOfTheService(String arguments)
      throws IOException, InterruptedException {
    assertThat(loaded(arguments.split(" ", -1)))
        .contains(Main.class.getName())
        .doesNotContain(SelectionOptions.class.getName(), ServiceLimitOptions.class.getName())
        .noneMatch(name -> name.matches("(groovy|org\\.codehaus|org\\.duckdb|org\\.eclipse)\\..*"));
  }

  @Test
  void helpKnowsCommandsOfCommands() throws IOException, InterruptedException {
    assertThat(run(Main.class.getName(), "help", "cohort", "create"))
        .startsWith("Usage: idc4j cohort create ");
  }

  @Test
  void helpOfAProcessListsAllCommands() throws IOException, InterruptedException {
    String help = run(Main.class.getName(), "help");

    assertThat(Main.commandLine().getSubcommands().keySet())
        .allSatisfy(name -> assertThat(help).containsPattern("(?m)^  " + name + " "));
  }
}
