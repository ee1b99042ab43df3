package io.github.idc4j.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help of {@code idc4j} without a command: common tasks, and the commands in groups. */
final class MainHelp {

  private static final String TASKS_SECTION = "tasks";
  private static final int NAME_WIDTH = 20;

  /**
   * A common task.
   *
   * @param purpose what the command does
   * @param command the command, as the user types it
   */
  record Task(String purpose, String command) {}

  static final List<Task> TASKS =
      List.of(
          new Task("Download the index of the newest IDC release", "idc4j data pull"),
          new Task("Look at the data in a browser", "idc4j open"),
          new Task(
              "Count the series of a selection",
              "idc4j manifest --collection nlst --modality CT --count"),
          new Task(
              "Export the identifiers of a selection",
              "idc4j manifest --collection nlst --modality CT -o nlst.csv"),
          new Task(
              "Export other fields of a selection",
              "idc4j query --fields PatientID,StudyDescription --modality CT -o ct.parquet"));

  /**
   * A group of commands.
   *
   * @param title the heading
   * @param commands the names of the commands
   */
  private record Group(String title, List<String> commands) {}

  private static final List<Group> GROUPS =
      List.of(
          new Group(
              "Data",
              List.of(
                  "collections",
                  "analysis-results",
                  "versions",
                  "attributes",
                  "manifest",
                  "query",
                  "metadata",
                  "open",
                  "data")),
          new Group("Cohorts and accounts", List.of("cohort", "login", "logout", "whoami")),
          new Group("Services", List.of("serve", "check", "token")));

  /** The heading of the commands that are in no group. */
  private static final String OTHER = "Other";

  private MainHelp() {}

  /** Sets the sections of the help. */
  static void addTo(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.sectionMap().put(TASKS_SECTION, help -> tasks(help.colorScheme()));
    usage.sectionMap().put(SECTION_KEY_COMMAND_LIST, MainHelp::commands);
    usage.sectionKeys(
        List.of(
            SECTION_KEY_SYNOPSIS_HEADING,
            SECTION_KEY_SYNOPSIS,
            SECTION_KEY_DESCRIPTION,
            TASKS_SECTION,
            SECTION_KEY_COMMAND_LIST,
            SECTION_KEY_OPTION_LIST_HEADING,
            SECTION_KEY_OPTION_LIST,
            SECTION_KEY_FOOTER));
  }

  private static String tasks(ColorScheme colors) {
    return TASKS.stream()
        .map(
            task -> "  %s:%n    %s%n".formatted(task.purpose(), colors.commandText(task.command())))
        .collect(Collectors.joining("", "%nCommon tasks:%n".formatted(), ""));
  }

  private static String commands(Help help) {
    List<String> others = new ArrayList<>(help.subcommands().keySet());
    GROUPS.forEach(group -> others.removeAll(group.commands()));
    List<Group> groups = new ArrayList<>(GROUPS);
    groups.add(new Group(OTHER, others));
    return groups.stream().map(group -> commands(group, help)).collect(Collectors.joining());
  }

  private static String commands(Group group, Help help) {
    Map<String, Help> known = help.subcommands();
    ColorScheme colors = help.colorScheme();
    int width = help.commandSpec().usageMessage().width();
    TextTable table = TextTable.forColumnWidths(colors, NAME_WIDTH, width - NAME_WIDTH);
    group.commands().stream()
        .forEach(
            name ->
                table.addRowValues(
                    colors.text("  ").concat(colors.commandText(name)),
                    colors.text(summary(known.get(name).commandSpec()))));
    return "%n%s:%n%s".formatted(group.title(), table);
  }

  /** Returns what a command does, in one sentence. */
  static String summary(CommandSpec command) {
    UsageMessageSpec usage = command.usageMessage();
    return firstSentence((usage.header().length > 0 ? usage.header() : usage.description())[0]);
  }

  /** Returns the first sentence of a text. */
  static String firstSentence(String text) {
    return text.split("(?<=\\.) ", 2)[0];
  }
}
