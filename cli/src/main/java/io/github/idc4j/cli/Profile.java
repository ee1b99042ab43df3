package io.github.idc4j.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options of a command in a properties file, such as {@code base-url = http://127.0.0.1:8080/v1},
 * or a built-in profile. Command-line options take precedence.
 */
final class Profile implements IDefaultValueProvider {

  static final String OPTION = "--profile";

  /** Built-in profiles by name. A file of that name needs a folder: {@code ./reduced}. */
  private static final Map<String, Map<String, String>> BUILT_IN =
      Map.of(
          "full",
          Map.of(),
          // The nine operations of July 2025.
          "reduced",
          Map.of("without", "cohorts,account,dicomMetadata"),
          // Series, not instances.
          "index",
          Map.of(
              "without",
              "dicomMetadata,column:SOPInstanceUID,column:CRDC_Instance_GUID,column:GCS_URL"));

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Properties values;

  private Profile(Properties values) {
    this.values = values;
  }

  /**
   * Sets the options of the profile in the command line as the defaults of a command.
   *
   * @throws UserException if the file cannot be read or has an unknown option
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
    Map<String, String> builtIn = BUILT_IN.get(file.toString());
    if (builtIn != null) {
      values.putAll(builtIn);
      return values;
    }
    try (Reader reader = Files.newBufferedReader(file)) {
      // Some editors begin a file with a byte order mark.
      reader.mark(1);
      if (reader.read() != BYTE_ORDER_MARK) {
        reader.reset();
      }
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
              + " has the unknown option "
              + String.join(", ", unknown)
              + ". For the options, run ./idc4j help "
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
