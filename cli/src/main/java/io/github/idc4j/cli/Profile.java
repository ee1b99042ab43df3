package io.github.idc4j.cli;

import io.github.idc4j.service.data.IndexColumns;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import picocli.CommandLine;

/**
 * A profile: default values for the options of a command. A profile is either built in, or a
 * properties file with lines such as {@code base-url = http://127.0.0.1:8080/v1}. Command-line
 * options take precedence over the profile.
 */
final class Profile {

  static final String OPTION = "--profile";

  private Profile() {}

  /**
   * Returns a built-in profile, or empty. To use a file with the same name as a built-in profile,
   * write a path with a folder, such as {@code ./reduced}.
   */
  private static Optional<Map<String, String>> builtIn(String name) {
    return switch (name) {
      case "full" -> Optional.of(Map.of());
      // The service of July 2025, which had nine operations.
      case "reduced" -> Optional.of(Map.of("without", "cohorts,account,dicomMetadata"));
      case "index" -> Optional.of(Map.of("without", withoutInstances(false)));
      case "index-bucket" -> Optional.of(Map.of("without", withoutInstances(true)));
      default -> Optional.empty();
    };
  }

  private static String withoutInstances(boolean listed) {
    return IndexColumns.absent(listed).stream()
        .map(name -> ",column:" + name)
        .collect(Collectors.joining("", "dicomMetadata", ""));
  }

  /**
   * Finds {@code --profile} in the arguments, and uses the values in that profile as the default
   * values of the command's options. Without {@code --profile}, does nothing.
   *
   * @throws UserException if the profile cannot be read or has an unknown option
   */
  static void apply(CommandLine command, String... args) throws UserException {
    Optional<Path> file = OptionFile.find(OPTION, args);
    if (file.isPresent()) {
      command.setDefaultValueProvider(OptionFile.defaults(read(command, file.get())));
    }
  }

  private static Properties read(CommandLine command, Path file) throws UserException {
    Optional<Map<String, String>> builtIn = builtIn(file.toString());
    if (builtIn.isEmpty()) {
      return OptionFile.read(command, "profile", file, OPTION);
    }
    Properties values = new Properties();
    values.putAll(builtIn.get());
    return values;
  }
}
