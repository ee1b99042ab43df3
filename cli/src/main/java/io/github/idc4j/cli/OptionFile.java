package io.github.idc4j.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reads properties files with options of a command, one per line without the leading dashes, such
 * as {@code base-url = http://127.0.0.1:8080/v1}.
 */
final class OptionFile {

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final String DASHES = "--";

  private OptionFile() {}

  /** Returns the name of an option in a file. */
  static String name(OptionSpec option) {
    return option.longestName().substring(DASHES.length());
  }

  /**
   * Returns the file of an option that names an option file, if the arguments contain the option.
   */
  static Optional<Path> find(String option, String... args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals(option) && i + 1 < args.length) {
        return Optional.of(Path.of(args[i + 1]));
      }
      if (args[i].startsWith(option + "=")) {
        return Optional.of(Path.of(args[i].substring(option.length() + 1)));
      }
    }
    return Optional.empty();
  }

  /**
   * Reads a file.
   *
   * @param what the word for the file in messages
   * @param own the option that names the file, which the file must not contain
   * @throws UserException if the file cannot be read or has an unknown option
   */
  static Properties read(CommandLine command, String what, Path file, String own)
      throws UserException {
    Properties values = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      // Skip the byte order mark that some editors put at the start of a file.
      reader.mark(1);
      if (reader.read() != BYTE_ORDER_MARK) {
        reader.reset();
      }
      values.load(reader);
    } catch (IOException e) {
      throw unreadable(what, file, FileFailures.reason(e));
    } catch (IllegalArgumentException e) {
      throw unreadable(what, file, e.getMessage());
    }
    TreeSet<String> unknown = new TreeSet<>(values.stringPropertyNames());
    unknown.removeIf(name -> isKnown(command, name) && !own.equals(DASHES + name));
    if (!unknown.isEmpty()) {
      throw new UserException(
          Main.WRONG_USAGE,
          "the "
              + what
              + " "
              + file
              + " has the unknown option "
              + String.join(", ", unknown)
              + "."
              + suggestion(command, unknown.first())
              + " For the options, run "
              + Launcher.command("help " + command.getCommandName())
              + ".");
    }
    return values;
  }

  private static UserException unreadable(String what, Path file, String reason) {
    return new UserException(
        Main.WRONG_USAGE, "the " + what + " " + file + " can't be read: " + reason + ".");
  }

  private static boolean isKnown(CommandLine command, String name) {
    OptionSpec option = command.getCommandSpec().findOption(DASHES + name);
    return option != null && !option.usageHelp() && !option.versionHelp();
  }

  /** Returns a sentence with the options that have similar names; empty if there are none. */
  static String suggestion(CommandLine command, String name) {
    List<String> similar =
        new UnmatchedArgumentException(command, List.of(DASHES + name)).getSuggestions();
    return similar.isEmpty()
        ? ""
        : similar.stream()
            .map(option -> option.substring(DASHES.length()))
            .collect(Collectors.joining(", ", " Similar options: ", "."));
  }

  /**
   * Returns a default value that picocli does not expand: it would replace <code>${env:HOME}</code>
   * .
   */
  static String literal(String value) {
    return value.replace("$", "$$");
  }

  /** Returns the values of a file as default values of options. */
  static IDefaultValueProvider defaults(Properties values) {
    return argument ->
        Optional.ofNullable(value(values, argument)).map(OptionFile::literal).orElse(null);
  }

  /** Returns the value for an argument in a file, or null. */
  static String value(Properties values, ArgSpec argument) {
    return argument instanceof OptionSpec option ? values.getProperty(name(option)) : null;
  }
}
