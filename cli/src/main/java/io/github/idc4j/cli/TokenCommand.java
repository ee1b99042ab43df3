package io.github.idc4j.cli;

import io.github.idc4j.conformance.run.NetworkSettings;
import java.net.URI;
import java.nio.file.Path;
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
            + " hour. Signs the user in, and creates the account if it does not exist.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  idc4j token you@example.org --port 8080",
      "  idc4j token you@example.org --base-url http://127.0.0.1:8080/v1"
    })
final class TokenCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "EMAIL", description = "E-mail address of the user.")
  private String email;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the service, over plain HTTP. Default: ${DEFAULT-VALUE}.")
  private int port = ServeCommand.DEFAULT_PORT;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "Base URL of the service, such as https://localhost:8443/v1.")
  private URI baseUrl;

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      description =
          "PEM file with one or more certificates to trust in place of those that Java trusts.")
  private Path cacert;

  @Override
  public Integer call() throws InterruptedException, UserException {
    HttpUrls.require("--base-url", baseUrl, "https://localhost:8443/v1");
    URI service = baseUrl == null ? URI.create("http://127.0.0.1:" + port) : baseUrl;
    spec.commandLine().getOut().println(DevelopmentIssuer.of(service, network()).token(email));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private NetworkSettings network() throws UserException {
    try {
      return NetworkSettings.builder().trustedCertificates(cacert).build();
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, e.getMessage() + ".");
    }
  }
}
