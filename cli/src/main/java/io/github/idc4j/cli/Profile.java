package io.github.idc4j.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options of a command in a file of properties: {@code base-url = http://127.0.0.1:8080/v1}. What
 * the command line says wins.
 */
final class Profile implements IDefaultValueProvider {

  static final String OPTION = "--profile";

  private final Properties values;

  private Profile(Properties values) {
    this.values = values;
  }

  /**
   * Gives a command the options of the file that the command line names, if it names one.
   *
   * @throws UserException if there is no such file, or it has an option that the command lacks
   */
  static void apply(CommandLine command, String... args) throws UserException {
    Optional<Path> file = file(args);
    if (file.isPresent()) {
      command.setDefaultValueProvider(new Profile(read(command, file.get())));
    }
  }

  private static Optional<Path> file(String... args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals(OPTION) && i + 1 < args.length) {
        return Optional.of(Path.of(args[i + 1]));
      }
      if (args[i].startsWith(OPTION + "=")) {
        return Optional.of(Path.of(args[i].substring(OPTION.length() + 1)));
      }
    }
    return Optional.empty();
  }

  private static Properties read(CommandLine command, Path file) throws UserException {
    Properties values = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      values.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          Main.WRONG_USAGE, "the profile " + file + " can't be read: " + e.getMessage());
    }
    TreeSet<String> unknown = new TreeSet<>(values.stringPropertyNames());
    unknown.removeIf(name -> command.getCommandSpec().findOption(name) != null);
    if (!unknown.isEmpty()) {
      throw new UserException(
          Main.WRONG_USAGE,
          "the profile "
              + file
              + " has "
              + String.join(", ", unknown)
              + ", which is no option; see ./idc4j help "
              + command.getCommandName()
              + ".");
    }
    return values;
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? values.getProperty(option.longestName().substring("--".length()))
        : null;
  }
}
