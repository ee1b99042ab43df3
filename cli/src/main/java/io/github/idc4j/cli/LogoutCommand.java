package io.github.idc4j.cli;

import io.github.idc4j.cli.login.Tokens;
import io.github.idc4j.client.auth.Credentials;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Deletes the credentials of a user. */
@Command(
    name = "logout",
    mixinStandardHelpOptions = true,
    description = "Deletes your credentials file. The issuer does not revoke its tokens.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"2:invalid usage", "3:the credentials file cannot be deleted"},
    footerHeading = "%nExamples:%n",
    footer = {"  idc4j logout", "  idc4j logout --credentials me.json"})
final class LogoutCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description =
          "Delete this file. Default: the file that the environment variable IDC_CREDENTIALS names,"
              + " else .idc_credentials in the home folder.")
  private Path file;

  @Override
  public Integer call() throws UserException {
    Path target = Objects.requireNonNullElseGet(file, Credentials::defaultFile);
    try {
      PrintWriter err = spec.commandLine().getErr();
      if (Files.exists(target)) {
        // A link refers to the file with the tokens.
        Path tokens = target.toRealPath();
        requireTokens(tokens);
        Files.delete(tokens);
        Files.deleteIfExists(target);
        err.println("Signed out. Deleted " + tokens + ".");
      } else {
        err.println("You were not signed in: " + target + " does not exist.");
      }
      err.flush();
      return 0;
    } catch (IOException e) {
      throw new UserException(
          Main.OWN_FAULT, "cannot delete the credentials: " + FileFailures.reason(e) + ".");
    }
  }

  /** Keeps the command from deleting a file that no login has written. */
  private static void requireTokens(Path file) throws IOException, UserException {
    if (!Tokens.areIn(file)) {
      throw new UserException(
          Main.OWN_FAULT,
          file
              + " is not a credentials file, so it was not deleted. Correct --credentials or IDC_CREDENTIALS.");
    }
  }
}
