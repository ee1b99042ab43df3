package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Caller;
import io.github.idc4j.service.auth.InvalidTokenException;
import io.github.idc4j.service.auth.IssuerUnavailableException;
import io.github.idc4j.service.auth.TokenVerifier;
import io.github.idc4j.service.cohort.AccountsUnavailableException;
import io.github.idc4j.service.cohort.Cohorts;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Verifies the ID tokens of a trusted issuer. Creates the account of a user when the user's first
 * token arrives, because the issuer does not do this.
 */
final class SignIn implements HttpServer.Verifier {

  private final TokenVerifier verifier;
  private final Cohorts cohorts;
  private final boolean unnamed;

  /** The users who have signed in since the service started. */
  private final Set<String> users = ConcurrentHashMap.newKeySet();

  /**
   * Creates an instance.
   *
   * @param unnamed whether to accept a token without an e-mail address
   */
  SignIn(TokenVerifier verifier, Cohorts cohorts, boolean unnamed) {
    this.verifier = verifier;
    this.cohorts = cohorts;
    this.unnamed = unnamed;
  }

  @Override
  public Caller verify(String token) throws InvalidTokenException {
    Caller caller = verify(verifier, token, unnamed);
    if (caller instanceof Caller.User user && !users.contains(user.email())) {
      try {
        cohorts.signIn(user.email());
      } catch (AccountsUnavailableException e) {
        throw ApiException.accountsUnavailable();
      } catch (SQLException e) {
        throw new IllegalStateException("The account of a user cannot be created", e);
      }
      users.add(user.email());
    }
    return caller;
  }

  /** Verifies a token; the response is 503 if the keys of its issuer cannot be fetched. */
  static Caller verify(TokenVerifier verifier, String token, boolean unnamed)
      throws InvalidTokenException {
    try {
      return verifier.verify(token, unnamed);
    } catch (IssuerUnavailableException e) {
      throw ApiException.of(503, e.getMessage());
    }
  }
}
