package io.github.idc4j.cli;

import io.github.idc4j.client.error.CredentialsException;
import io.github.idc4j.client.error.IdcException;
import io.github.idc4j.client.error.IdcTimeoutException;
import io.github.idc4j.client.error.RetiredException;
import io.github.idc4j.client.error.ServerErrorException;
import io.github.idc4j.client.error.TooManyRequestsException;
import io.github.idc4j.client.error.TransportException;
import java.net.ConnectException;
import javax.net.ssl.SSLException;

/** The exit codes of failures of the client. */
final class ClientFailures {

  static final int REFUSED = 1;
  static final int RETIRED = 4;
  static final int UNAVAILABLE = 5;

  static final String REFUSED_HELP = REFUSED + ":the service refused the request";
  static final String RETIRED_HELP = RETIRED + ":the service is retired";
  static final String UNAVAILABLE_HELP =
      UNAVAILABLE + ":the service is unavailable, or did not respond in time";

  private ClientFailures() {}

  /** Returns the failure with its exit code and a message for the user. */
  static UserException explain(IdcException e) {
    return new UserException(exitCode(e), message(e));
  }

  private static String message(IdcException e) {
    if (e.getCause() instanceof SSLException tls) {
      return "no TLS connection to the service: "
          + tls.getMessage()
          + ". If the certificate of the service has a private issuer, name a trust store in"
          + " IDC4J_JAVA_OPTIONS: see docs/command.md, Proxies and certificates.";
    }
    if (e.getCause() instanceof ConnectException) {
      return e.getMessage() + " Check the base URL, and that the service runs.";
    }
    return e.getMessage()
        + (e instanceof CredentialsException
            ? " You can also run " + Launcher.command("login") + "."
            : "");
  }

  private static int exitCode(IdcException e) {
    if (e instanceof RetiredException) {
      return RETIRED;
    }
    return e instanceof TransportException
            || e instanceof IdcTimeoutException
            || e instanceof ServerErrorException
            || e instanceof TooManyRequestsException
        ? UNAVAILABLE
        : REFUSED;
  }
}
