package io.github.idc4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Tests the completion scripts with real shells. */
class CompletionTest {

  /**
   * For each shell, a program that loads the script and prints the completions of the last
   * argument. Bash and Zsh have variables for the words of the command line, which the script
   * reads.
   */
  private static final Map<String, List<String>> PROGRAMS =
      Map.of(
          "bash",
          List.of(
              "bash",
              "--norc",
              "-c",
              """
              source "$0"
              complete -p idc4j > /dev/null || exit
              COMP_WORDS=("$@")
              COMP_CWORD=$(($# - 1))
              _complete_idc4j
              printf '%s\\n' "${COMPREPLY[@]}"
              """),
          "zsh",
          List.of(
              "zsh",
              "-f",
              "-c",
              """
              source "$0"
              [[ -n ${_comps[idc4j]} ]] || exit
              setopt ksharrays
              COMP_WORDS=("$@")
              COMP_CWORD=$(($# - 1))
              _complete_idc4j
              print -l -- "${COMPREPLY[@]}"
              """),
          "fish",
          List.of(
              "fish",
              "--no-config",
              "-c",
              """
              source $argv[1]; or exit
              complete -C (string join ' ' -- (string escape -- $argv[2..-2]) "$argv[-1]") | string replace -r '\\t.*' ''
              true
              """));

  /** The system property that makes a missing shell a failure. */
  private static final String REQUIRED = "shells.required";

  /** The expected completions of the last word of each line. */
  private static final Map<String, List<String>> LINES =
      Map.ofEntries(
          Map.entry("idc4j que", List.of("query")),
          Map.entry("idc4j data sh", List.of("show")),
          Map.entry("idc4j completion fi", List.of("fish")),
          Map.entry("idc4j query --fie", List.of("--fields")),
          Map.entry("idc4j data pull --rel", List.of("--release")),
          Map.entry("idc4j query --fields SliceT", List.of("SliceThickness")),
          Map.entry(
              "idc4j query --fields PatientID --fields StudyD",
              List.of("StudyDate", "StudyDescription")),
          Map.entry("idc4j manifest --columns GCS_U", List.of("GCS_URL")),
          Map.entry("idc4j manifest --where Modal", List.of("Modality")),
          Map.entry("idc4j manifest --modality RTS", List.of("RTSTRUCT")),
          Map.entry("idc4j metadata --output nd", List.of("ndjson")),
          Map.entry("idc4j metadata --output nothing", List.of()));

  @TempDir Path folder;

  private static String output(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine command = Main.commandLine().setOut(new PrintWriter(out));
    assertThat(Main.execute(command, arguments)).isZero();
    return out.toString();
  }

  private List<String> completions(String shell, Path script, List<String> words)
      throws IOException, InterruptedException {
    ProcessBuilder program = new ProcessBuilder(new ArrayList<>(PROGRAMS.get(shell)));
    program.command().add(script.toString());
    program.command().addAll(words);
    program.environment().put("HOME", folder.toString());
    Process process;
    try {
      process = program.redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(Boolean.getBoolean(REQUIRED), () -> "needs " + shell);
      throw e;
    }
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().map(String::strip).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void completesTheLastWord(String shell) throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("script"), output("completion", shell));
    for (Map.Entry<String, List<String>> line : LINES.entrySet()) {
      List<String> words = List.of(line.getKey().split(" "));
      String last = words.get(words.size() - 1);
      assertThat(completions(shell, script, words))
          .as(line.getKey())
          .filteredOn(word -> word.startsWith(last))
          .containsExactlyInAnyOrderElementsOf(line.getValue());
    }
  }

  /** The script for Bash has one list of values for each label of a command. */
  @Test
  void optionsWithTheSameLabelHaveTheSameValues() {
    for (CommandLine command : ExamplesTest.commands()) {
      Map<String, Set<List<String>>> values = new HashMap<>();
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (option.completionCandidates() != null) {
          List<String> list = new ArrayList<>();
          option.completionCandidates().forEach(list::add);
          values.computeIfAbsent(option.paramLabel(), label -> new HashSet<>()).add(list);
        }
      }
      assertThat(values.values())
          .as(command.getCommandSpec().qualifiedName())
          .allMatch(lists -> lists.size() == 1);
    }
  }

  @Test
  void fishDescribesCommandsInOneSentence() {
    assertThat(output("completion", "fish"))
        .contains(
            "complete -c idc4j -n '__idc4j_at' -a token -d 'Prints an ID token from the development"
                + " issuer of a local reference service, valid for one hour.'\n")
        .doesNotContain("${", "%%");
  }
}
