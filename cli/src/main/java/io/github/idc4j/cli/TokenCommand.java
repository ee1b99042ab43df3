package io.github.idc4j.cli;

import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints an ID token from the development issuer of a running reference service. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description =
        "Prints an ID token from the development issuer of a local reference service, valid for one"
            + " hour. Signs the user in, and creates the account if it does not exist.")
final class TokenCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "EMAIL", description = "E-mail address of the user.")
  private String email;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the service. Default: ${DEFAULT-VALUE}.")
  private int port = ServeCommand.DEFAULT_PORT;

  @Override
  public Integer call() throws InterruptedException, UserException {
    URI service = URI.create("http://127.0.0.1:" + port);
    spec.commandLine()
        .getOut()
        .println(
            DevelopmentIssuer.of(service)
                .token(email)
                .orElseThrow(
                    () ->
                        new UserException(
                            1,
                            "no development issuer responds at "
                                + service
                                + ". Start a reference service with ./idc4j serve --port "
                                + port
                                + ".")));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
