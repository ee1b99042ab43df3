package io.github.idc4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes a completion script for Fish, which picocli has no generator for. */
final class FishCompletion {

  /** The functions compare the words before the cursor with the names of a command. */
  private static final String FUNCTIONS =
      """
      function __idc4j_in
          set -l words (commandline -opc)
          set -l last (math 1 + (count $argv))
          test (count $words) -ge $last; and test "$words[2..$last]" = "$argv"
      end
      function __idc4j_at
          set -l words (commandline -opc)
          test (count $words) -eq (math 1 + (count $argv)); or return
          test (count $argv) -eq 0; or __idc4j_in $argv
      end
      complete -c idc4j -f
      """;

  private static final Pattern VARIABLE = Pattern.compile(":? ?\\$\\{[A-Z-]+}");

  private final StringBuilder script = new StringBuilder(FUNCTIONS);

  private FishCompletion() {}

  /** Returns the script for a command and its subcommands. */
  static String script(CommandLine command) {
    FishCompletion completion = new FishCompletion();
    completion.add(command.getCommandSpec(), List.of());
    return completion.script.toString();
  }

  /**
   * Adds a command.
   *
   * @param names the names of the command and its parents, without the first parent
   */
  private void add(CommandSpec command, List<String> names) {
    String path = String.join(" ", names);
    Map<String, CommandLine> subcommands = command.subcommands();
    String inside = (subcommands.isEmpty() ? "__idc4j_in " : "__idc4j_at ") + path;
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        line(inside, names(option) + values(option), option.description());
      }
    }
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      line(inside, values(parameter), parameter.description());
    }
    subcommands.forEach(
        (name, subcommand) -> {
          CommandSpec spec = subcommand.getCommandSpec();
          line("__idc4j_at " + path, " -a " + name, MainHelp.summary(spec));
          List<String> longer = new ArrayList<>(names);
          longer.add(name);
          add(spec, longer);
        });
  }

  private void line(String condition, String completions, String... description) {
    script.append(
        "complete -c idc4j -n %s%s%s%n"
            .formatted(quoted(condition.strip()), completions, description(description)));
  }

  private static String names(OptionSpec option) {
    StringBuilder names = new StringBuilder();
    for (String name : option.names()) {
      names.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
    }
    return names.toString();
  }

  private static String values(ArgSpec argument) {
    if (argument.arity().max() == 0) {
      return "";
    }
    if (argument.completionCandidates() != null) {
      return " -x -a " + quoted(String.join(" ", argument.completionCandidates()));
    }
    return List.of(argument.typeInfo().getAuxiliaryTypes()).contains(Path.class) ? " -r -F" : " -x";
  }

  /** Returns the first sentence, without variables of picocli. */
  private static String description(String... description) {
    return description.length == 0
        ? ""
        : " -d "
            + quoted(
                VARIABLE
                    .matcher(MainHelp.firstSentence(description[0]))
                    .replaceAll("")
                    .replace("%%", "%"));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
