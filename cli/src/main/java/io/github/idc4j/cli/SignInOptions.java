package io.github.idc4j.cli;

import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.auth.TrustedIssuer;
import java.net.URI;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options for the issuer of the ID tokens that a service accepts. */
final class SignInOptions {

  @Option(
      names = "--issuer",
      paramLabel = "URL",
      description =
          "Accept ID tokens of this OpenID Connect issuer, such as https://accounts.google.com."
              + " Default: a development issuer of the service, which asks for no password.")
  private URI issuer;

  @Option(
      names = "--audience",
      paramLabel = "ID",
      arity = "1..*",
      split = ",",
      description = "Client IDs whose ID tokens are accepted. Required with --issuer.")
  private List<String> audiences = List.of();

  boolean areGiven() {
    return issuer != null || !audiences.isEmpty();
  }

  void addTo(ReferenceServiceBuilder builder) throws UserException {
    if (!areGiven()) {
      return;
    }
    if (issuer == null || audiences.isEmpty()) {
      throw new UserException(
          Main.WRONG_USAGE,
          "--issuer and --audience must be used together. The audience is the client ID of the"
              + " programs that sign users in.");
    }
    try {
      builder.trustedIssuer(new TrustedIssuer(issuer, Set.copyOf(audiences)));
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, "--issuer: " + e.getMessage());
    }
  }
}
