package io.github.idc4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code idc4j} command. */
@Command(
    name = "idc4j",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Searches and exports the metadata of IDC with version 1 of the IDC REST API, and runs and"
            + " checks services.",
    optionListHeading = "%n",
    footer = "%nFor the options and examples of a command, run idc4j help COMMAND.")
public final class Main {

  /** The subcommands. */
  private static final List<Class<?>> SUBCOMMANDS =
      List.of(
          CheckCommand.class,
          ServeCommand.class,
          DataCommand.class,
          ManifestCommand.class,
          QueryCommand.class,
          MetadataCommand.class,
          CollectionsCommand.class,
          AnalysisResultsCommand.class,
          VersionsCommand.class,
          AttributesCommand.class,
          CohortCommand.class,
          OpenCommand.class,
          LoginCommand.class,
          LogoutCommand.class,
          WhoamiCommand.class,
          TokenCommand.class,
          CompletionCommand.class,
          HelpCommand.class);

  /** Exit code for invalid usage. */
  static final int WRONG_USAGE = CommandLine.ExitCode.USAGE;

  /** Exit code for a failure of the command itself or of its environment, such as a full disk. */
  static final int OWN_FAULT = 3;

  /** Characters that can control a terminal. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u0080-\u009f&&[^\n]]");

  private Main() {}

  /**
   * Runs the command and exits.
   *
   * @param args the command-line arguments
   */
  public static void main(String[] args) {
    // The output is English. Some locales use other digits, and Turkish has other case mappings.
    Locale.setDefault(Locale.ENGLISH);
    // The version needs no logs, whose setup takes a part of its time.
    if (!isVersion(args)) {
      Logs.configure();
    }
    // REST Assured uses Groovy. Groovy call sites are slow until they are linked, so link each call
    // site on its first call.
    System.setProperty("groovy.indy.optimize.threshold", "0");
    // Otherwise picocli initializes Groovy for each command, because Groovy is in the class path.
    System.setProperty("picocli.disable.closures", "true");
    // Exported rows are UTF-8 with every locale.
    PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), false, UTF_8);
    int exitCode = execute(commandLine(needed(args)).setOut(out), args);
    out.flush();
    System.exit(exitCode);
  }

  /** Runs the command with these arguments and returns the exit code. */
  static int execute(CommandLine commandLine, String... args) {
    if (args.length > 2 && args[0].equals("help")) {
      // The help command of picocli knows one level of commands only.
      List<String> line = new ArrayList<>(List.of(args).subList(1, args.length));
      line.add("--help");
      return execute(commandLine, line.toArray(String[]::new));
    }
    CommandLine command = args.length == 0 ? null : commandLine.getSubcommands().get(args[0]);
    if (command != null) {
      try {
        switch (command.getCommandName()) {
          case "check" -> Profile.apply(command, args);
          case "serve" -> Configuration.apply(command, System.getenv(), args);
          default -> {}
        }
      } catch (UserException problem) {
        return print(problem, command);
      }
    }
    try {
      return commandLine.execute(args);
    } catch (Error e) {
      return report(e, commandLine);
    }
  }

  /** Returns the command with all subcommands. */
  static CommandLine commandLine() {
    return commandLine(SUBCOMMANDS);
  }

  /**
   * Returns the subcommands that a run with these arguments needs: one if the first argument is its
   * name. The command would otherwise spend most of its start on reading the options of the others.
   */
  private static List<Class<?>> needed(String... args) {
    if (isVersion(args)) {
      return List.of();
    }
    String first = args.length == 0 ? "" : args[0];
    return SUBCOMMANDS.stream()
        .filter(subcommand -> subcommand != HelpCommand.class)
        .filter(subcommand -> subcommand.getAnnotation(Command.class).name().equals(first))
        .findFirst()
        .<List<Class<?>>>map(List::of)
        .orElse(SUBCOMMANDS);
  }

  /** Returns whether these arguments ask for the version only. */
  private static boolean isVersion(String... args) {
    return args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"));
  }

  private static CommandLine commandLine(List<Class<?>> subcommands) {
    CommandLine command = new CommandLine(new Main());
    MainHelp.addTo(command);
    subcommands.forEach(command::addSubcommand);
    return Converters.register(command)
        .setParameterExceptionHandler(Main::report)
        .setExecutionExceptionHandler(Main::report)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** Reports invalid usage. */
  private static int report(ParameterException e, String... args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String source = Configuration.source(e);
    if (!source.isEmpty()) {
      err.println(source);
    }
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    int root = command.getCommandSpec().root().name().length();
    err.println(
        "For the options, run " + Launcher.command((name + " --help").substring(root + 1)) + ".");
    err.flush();
    return WRONG_USAGE;
  }

  private static int report(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    return e instanceof UserException problem ? print(problem, command) : report(e, command);
  }

  private static int report(Throwable e, CommandLine command) {
    if (e instanceof OutOfMemoryError) {
      return print(
          new UserException(
              OWN_FAULT,
              "out of memory: " + e.getMessage() + ". Set IDC4J_JAVA_OPTIONS=-Xmx1g or more."),
          command);
    }
    Optional<IOException> io = ioFailure(e);
    if (io.isPresent()) {
      return print(
          new UserException(
              OWN_FAULT,
              "can't read or write a file: "
                  + FileFailures.reason(io.get())
                  + ". Check that the disk has free space and that you can write to the folder."),
          command);
    }
    PrintWriter err = command.getErr();
    err.println(command.getCommandSpec().qualifiedName() + ": internal error, a bug in idc4j:");
    e.printStackTrace(err);
    err.flush();
    return OWN_FAULT;
  }

  /**
   * Returns the first {@link IOException} in the cause chain of an exception, including the
   * exception itself.
   */
  private static Optional<IOException> ioFailure(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io) {
        return Optional.of(io);
      }
    }
    return Optional.empty();
  }

  private static int print(UserException problem, CommandLine command) {
    PrintWriter err = command.getErr();
    // A service can choose parts of a message.
    String message = CONTROL.matcher(problem.getMessage()).replaceAll("?");
    err.println(command.getCommandSpec().qualifiedName() + ": " + message);
    err.flush();
    return problem.exitCode();
  }
}
