package io.github.idc4j.cli;

import io.github.idc4j.conformance.run.ConformanceRunBuilder;
import io.github.idc4j.conformance.run.CredentialsFile;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Options for the ID tokens of a run. */
final class TokenOptions {

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "ID token of a user; preferably set the environment variable IDC4J_TOKEN. Without it, the"
              + " run gets tokens from the service's development issuer, on loopback only, or skips"
              + " rules that need a user. Some rules need IDC4J_EXPIRED_TOKEN, IDC4J_STRANGER_TOKEN (a user without an"
              + " account) or IDC4J_NAMELESS_TOKEN (no e-mail address).")
  private String token;

  @Option(
      names = "--second-token",
      paramLabel = "TOKEN",
      description = "ID token of another user; preferably set IDC4J_SECOND_TOKEN.")
  private String secondToken;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description = "Read the ID token from this credentials file of IDC's login script.")
  private Path credentials;

  @Option(
      names = "--second-credentials",
      paramLabel = "FILE",
      description = "Credentials file of another user.")
  private Path secondCredentials;

  /** Returns whether the user set any option or environment variable for ID tokens. */
  boolean areGiven() {
    return Stream.of(token, secondToken, credentials, secondCredentials).anyMatch(Objects::nonNull)
        || System.getenv().keySet().stream()
            .anyMatch(name -> name.matches("IDC4J_([A-Z]+_)?TOKEN"));
  }

  /**
   * Adds the ID tokens from the environment variables and the options to a run. Options take
   * precedence over environment variables.
   */
  void addTo(ConformanceRunBuilder run) throws UserException {
    run.tokensFrom(System.getenv());
    if (token != null || credentials != null) {
      run.token(token(token, credentials));
    }
    if (secondToken != null || secondCredentials != null) {
      run.secondToken(token(secondToken, secondCredentials));
    }
  }

  private static String token(String token, Path credentials) throws UserException {
    try {
      return token == null ? CredentialsFile.idToken(credentials) : token;
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, e.getMessage());
    }
  }
}
