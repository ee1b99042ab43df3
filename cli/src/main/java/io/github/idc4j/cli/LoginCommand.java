package io.github.idc4j.cli;

import io.github.idc4j.cli.login.BrowserLogin;
import io.github.idc4j.cli.login.LoginException;
import io.github.idc4j.cli.login.Program;
import io.github.idc4j.cli.login.Tokens;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.service.auth.Issuer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Signs a user in with a browser, and saves the credentials. */
@Command(
    name = "login",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Signs you in with a browser. Saves your credentials in a file in the format of IDC's login"
            + " script, which only you can read. Commands that need an account use this file.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "1:the login was refused, or was not completed in time",
      "2:invalid usage",
      "3:the credentials file cannot be written"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  idc4j login --base-url http://127.0.0.1:8080/v1",
      "  idc4j login --no-browser --credentials me.json"
    })
final class LoginCommand implements Callable<Integer> {

  private static final String SECRET = "IDC4J_CLIENT_SECRET";

  @Spec private CommandSpec spec;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      defaultValue = "${env:IDC4J_BASE_URL}",
      description =
          "Base URL of a service with a development issuer, such as http://127.0.0.1:8080/v1."
              + " Default: the environment variable IDC4J_BASE_URL.")
  private URI baseUrl;

  @Option(
      names = "--issuer",
      paramLabel = "URL",
      description =
          "Sign in at this OpenID Connect issuer, such as https://accounts.google.com. Needs"
              + " --client-id. Default: the development issuer of the service.")
  private URI issuer;

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      description =
          "Client ID that the issuer has for this program. If the issuer also has a client secret,"
              + " set the environment variable IDC4J_CLIENT_SECRET.")
  private String clientId;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description =
          "Save the credentials in this file. Default: the file that the environment variable"
              + " IDC_CREDENTIALS names, else .idc_credentials in the home folder.")
  private Path file;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Converters.PositiveDuration.class,
      description = "Maximum time to wait for the login, such as 90s. Default: 5m.")
  private Duration timeout = Duration.ofMinutes(5);

  @Mixin private BrowserOptions browserOptions;

  @Override
  public Integer call() throws InterruptedException, UserException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if ((issuer == null) != (clientId == null)) {
      throw new UserException(Main.WRONG_USAGE, "--issuer and --client-id must be used together.");
    }
    Path target = Objects.requireNonNullElseGet(file, Credentials::defaultFile);
    try {
      Tokens tokens =
          BrowserLogin.run(
              issuer(),
              new Program(
                  clientId == null ? Issuer.CLIENT_ID : clientId,
                  Optional.ofNullable(System.getenv(SECRET))),
              page -> {
                err.println("Sign in on this page:");
                err.flush();
                browserOptions.open(page, out, err);
              },
              timeout);
      tokens.write(target);
      err.println(
          "Signed in"
              + tokens.email().map(email -> " as " + email).orElse("")
              + ". Credentials: "
              + target);
      if (!tokens.canBeRenewed()) {
        err.println("The issuer sent no refresh token, so they expire soon.");
      }
      err.flush();
      return 0;
    } catch (LoginException e) {
      throw new UserException(ClientFailures.REFUSED, e.getMessage());
    } catch (IOException e) {
      throw new UserException(
          Main.OWN_FAULT,
          "cannot save the credentials: "
              + FileFailures.reason(e)
              + ". Choose another file with --credentials.");
    }
  }

  /** Returns the URL of the issuer. The development issuer has the URL of its service. */
  private URI issuer() throws UserException {
    if (issuer != null) {
      return issuer;
    }
    if (baseUrl == null) {
      throw new UserException(
          Main.WRONG_USAGE,
          "there is no issuer. Add the --base-url of a service with a development issuer, or add"
              + " --issuer and --client-id.");
    }
    HttpUrls.require("--base-url", baseUrl, "http://127.0.0.1:8080/v1");
    return URI.create(baseUrl.getScheme() + "://" + baseUrl.getRawAuthority());
  }
}
