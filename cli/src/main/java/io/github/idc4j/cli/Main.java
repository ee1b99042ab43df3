package io.github.idc4j.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
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
    description = "Checks, serves and signs in to the IDC REST API, version 1.",
    subcommands = {CheckCommand.class, ServeCommand.class, TokenCommand.class, HelpCommand.class})
public final class Main {

  /** What a wrong use of the command exits with. */
  static final int WRONG_USAGE = CommandLine.ExitCode.USAGE;

  /** What a fault of the command itself exits with. */
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
    // The HTTP server's own greetings are of no interest to the user of a command.
    QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    // REST Assured is Groovy, whose call sites are slow until they are linked; link them at once.
    System.setProperty("groovy.indy.optimize.threshold", "0");
    System.exit(execute(commandLine(), args));
  }

  /** Returns what the command line exits with. */
  static int execute(CommandLine commandLine, String... args) {
    CommandLine check = commandLine.getSubcommands().get("check");
    try {
      Profile.apply(check, args);
    } catch (UserException mistake) {
      return tell(mistake, check);
    }
    return commandLine.execute(args);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(Main::tell)
        .registerConverter(Duration.class, Durations::parse);
  }

  private static int tell(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof UserException mistake) {
      return tell(mistake, command);
    }
    err.println("idc4j " + command.getCommandName() + ": this is a fault of idc4j itself:");
    e.printStackTrace(err);
    err.flush();
    return OWN_FAULT;
  }

  private static int tell(UserException mistake, CommandLine command) {
    PrintWriter err = command.getErr();
    err.println("idc4j " + command.getCommandName() + ": " + mistake.getMessage());
    err.flush();
    return mistake.exitCode();
  }
}
