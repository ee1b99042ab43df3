package io.github.idc4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command {@code idc4j}. */
@Command(
    name = "idc4j",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Checks services of the IDC REST API, version 1, and runs a reference service.",
    subcommands = {CheckCommand.class, ServeCommand.class, TokenCommand.class, HelpCommand.class})
public final class Main {

  /** Exit code of invalid usage. */
  static final int WRONG_USAGE = CommandLine.ExitCode.USAGE;

  /** Exit code of a failure of the command itself or of its environment, such as a full disk. */
  static final int OWN_FAULT = 3;

  private static final List<Logger> QUIET =
      List.of(
          Logger.getLogger("io.undertow"),
          Logger.getLogger("org.xnio"),
          Logger.getLogger("org.apache.http"));

  private Main() {}

  /**
   * Runs the command and exits.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    // The output is English; other locales have other digits, and Turkish other case mappings.
    Locale.setDefault(Locale.ENGLISH);
    // Users of the command do not need the startup messages of the HTTP server.
    QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    // REST Assured uses Groovy, whose call sites are slow until they are linked; link them at once.
    System.setProperty("groovy.indy.optimize.threshold", "0");
    System.exit(execute(commandLine(), args));
  }

  /** Runs a command line and returns its exit code. */
  static int execute(CommandLine commandLine, String... args) {
    CommandLine check = commandLine.getSubcommands().get("check");
    try {
      Profile.apply(check, args);
    } catch (UserException problem) {
      return print(problem, check);
    }
    try {
      return commandLine.execute(args);
    } catch (Error e) {
      return report(e, commandLine);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(Main::report)
        .registerConverter(Duration.class, Durations::parse);
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
                  + io.get().getMessage()
                  + ". Check that the disk has free space and that you can write to the folder."),
          command);
    }
    PrintWriter err = command.getErr();
    err.println("idc4j " + command.getCommandName() + ": internal error, a bug in idc4j:");
    e.printStackTrace(err);
    err.flush();
    return OWN_FAULT;
  }

  /** Returns the exception or the first of its causes that is an I/O failure. */
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
    err.println("idc4j " + command.getCommandName() + ": " + problem.getMessage());
    err.flush();
    return problem.exitCode();
  }
}
