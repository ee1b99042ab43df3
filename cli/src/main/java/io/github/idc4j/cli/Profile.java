package io.github.idc4j.cli;

import io.github.idc4j.service.data.IndexColumns;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A profile: default values for the options of a command. A profile is either built in, or a
 * properties file with lines such as {@code base-url = http://127.0.0.1:8080/v1}. Command-line
 * options take precedence over the profile.
 */
final class Profile implements IDefaultValueProvider {

  static final String OPTION = "--profile";

  /**
   * Built-in profiles, by name. To use a file with the same name as a built-in profile, write a
   * path with a folder, such as {@code ./reduced}.
   */
  private static final Map<String, Map<String, String>> BUILT_IN =
      Map.of(
          "full",
          Map.of(),
          // The service of July 2025, which had nine operations.
          "reduced",
          Map.of("without", "cohorts,account,dicomMetadata"),
          "index",
          Map.of("without", withoutInstances(false)),
          "index-bucket",
          Map.of("without", withoutInstances(true)));

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Properties values;

  private static String withoutInstances(boolean listed) {
    return IndexColumns.absent(listed).stream()
        .map(name -> ",column:" + name)
        .collect(Collectors.joining("", "dicomMetadata", ""));
  }

  private Profile(Properties values) {
    this.values = values;
  }

  /**
   * Finds {@code --profile} in the arguments, and uses the values in that profile as the default
   * values of the command's options. Without {@code --profile}, does nothing.
   *
   * @throws UserException if the profile cannot be read or has an unknown option
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
      // Skip the byte order mark that some editors put at the start of a file.
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
