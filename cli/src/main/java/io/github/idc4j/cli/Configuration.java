package io.github.idc4j.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The options of {@code serve} that do not come from the command line. An option on the command
 * line takes precedence over an environment variable such as {@code IDC4J_SERVE_PORT}, which takes
 * precedence over the file of {@code --config}.
 */
final class Configuration implements IDefaultValueProvider {

  static final String OPTION = "--config";

  private static final String PREFIX = "IDC4J_SERVE_";
  private static final Pattern SECRET_NAME = Pattern.compile("password|secret|token");
  private static final Pattern USER_INFO = Pattern.compile("//\\S*@");
  private static final Pattern SECRET_PARAMETER =
      Pattern.compile("(?i)([?&;][^=&;]{0,99}(?:password|secret|token)[^=&;]{0,99}=)[^&;]*");
  private static final String MASK = "***";

  /** The value of an option, and where it comes from. */
  private record Setting(String value, String source) {}

  private final Map<String, Setting> settings;

  private Configuration(Map<String, Setting> settings) {
    this.settings = settings;
  }

  /**
   * Uses the environment and the file as default values of the command's options.
   *
   * @throws UserException if the file cannot be read, or if it or the environment has an unknown
   *     option
   */
  static void apply(CommandLine command, Map<String, String> environment, String... args)
      throws UserException {
    requireKnown(command, environment);
    Optional<Path> file =
        OptionFile.find(OPTION, args).or(() -> value(environment, variable(OPTION)).map(Path::of));
    Properties values =
        file.isPresent()
            ? OptionFile.read(command, "configuration", file.get(), OPTION)
            : new Properties();
    Map<String, Setting> settings = new HashMap<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      String variable = variable(option.longestName());
      String value = OptionFile.value(values, option);
      if (isGiven(option, args)) {
        continue;
      }
      Optional<String> ofEnvironment = value(environment, variable);
      if (ofEnvironment.isPresent()) {
        settings.put(option.longestName(), new Setting(ofEnvironment.get(), "from " + variable));
      } else if (value != null) {
        settings.put(option.longestName(), new Setting(value, "from " + file.orElseThrow()));
      }
    }
    command.setDefaultValueProvider(new Configuration(settings));
  }

  /** Returns the value of a variable; empty if the variable is not set or has no text. */
  private static Optional<String> value(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isEmpty());
  }

  private static String variable(String option) {
    return PREFIX + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** A flag on the command line would otherwise be the opposite of its default value. */
  private static boolean isGiven(OptionSpec option, String... args) {
    for (String arg : args) {
      for (String name : option.names()) {
        if (arg.equals(name) || arg.startsWith(name + "=")) {
          return true;
        }
      }
    }
    return false;
  }

  private static void requireKnown(CommandLine command, Map<String, String> environment)
      throws UserException {
    List<String> known =
        command.getCommandSpec().options().stream()
            .filter(option -> !option.usageHelp() && !option.versionHelp())
            .map(option -> variable(option.longestName()))
            .toList();
    for (String name : environment.keySet()) {
      if (name.startsWith(PREFIX) && !known.contains(name)) {
        String option = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
        throw new UserException(
            Main.WRONG_USAGE,
            "the environment variable "
                + name
                + " is not an option of the service."
                + OptionFile.suggestion(command, option)
                + " Correct or unset the variable. For the options, run "
                + Launcher.command("help serve")
                + ".");
      }
    }
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option && settings.containsKey(option.longestName())
        ? OptionFile.literal(settings.get(option.longestName()).value())
        : null;
  }

  /** Returns where an invalid value comes from, for the error message; empty if unknown. */
  static String source(ParameterException e) {
    return e.getArgSpec() instanceof OptionSpec option
            && e.getCommandLine().getDefaultValueProvider() instanceof Configuration configuration
            && configuration.settings.containsKey(option.longestName())
        ? "The value comes " + configuration.settings.get(option.longestName()).source() + "."
        : "";
  }

  /** Returns the options that are set, one in each line, without secrets. */
  static List<String> describe(CommandLine command) {
    Map<String, Setting> other =
        command.getDefaultValueProvider() instanceof Configuration configuration
            ? configuration.settings
            : Map.of();
    return command.getCommandSpec().options().stream()
        .flatMap(option -> setting(command, other, option).stream())
        .toList();
  }

  private static Optional<String> setting(
      CommandLine command, Map<String, Setting> other, OptionSpec option) {
    Setting setting = other.get(option.longestName());
    if (command.getParseResult().hasMatchedOption(option)) {
      String value =
          String.join(
              ",",
              command.getParseResult().matchedOption(option.longestName()).originalStringValues());
      setting = new Setting(value.isEmpty() ? "true" : value, "from the command line");
    }
    return Optional.ofNullable(setting)
        .map(
            found ->
                "%s = %s (%s)"
                    .formatted(
                        OptionFile.name(option),
                        masked(OptionFile.name(option), found.value()),
                        found.source()));
  }

  private static String masked(String name, String value) {
    if (SECRET_NAME.matcher(name).find()) {
      return MASK;
    }
    String text = USER_INFO.matcher(value).replaceAll("//" + MASK + "@");
    return SECRET_PARAMETER.matcher(text).replaceAll("$1" + MASK);
  }
}
