package io.github.idc4j.service.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * An OpenID Connect issuer whose ID tokens a service accepts.
 *
 * @param url the URL of the issuer, which is also the claim {@code iss} of its tokens
 * @param audiences the client IDs whose tokens the service accepts
 */
public record TrustedIssuer(URI url, Set<String> audiences) {

  private static final String GOOGLE = "https://accounts.google.com";

  /** Google also uses this value of {@code iss}, which is not a URL. */
  private static final String GOOGLE_WITHOUT_SCHEME = "accounts.google.com";

  /** Algorithms with public keys. With others, a public key could serve as a shared secret. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final Duration LEEWAY = Duration.ofMinutes(1);

  /** The times that decide when the keys of an issuer are fetched. */
  record KeyTimes(Duration cached, Duration between, Duration outage) {

    /**
     * Returns the times of a service: keys are fetched every 5 minutes, and at most twice in 30
     * seconds if tokens have unknown keys. During an outage of the issuer, known keys are used for
     * 4 hours.
     */
    static KeyTimes standard() {
      return new KeyTimes(Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofHours(4));
    }
  }

  /**
   * Creates an instance.
   *
   * @throws IllegalArgumentException if the URL is neither an https URL nor an http URL with a
   *     loopback host, if it has a query or a fragment, or if there is no audience
   */
  public TrustedIssuer {
    audiences = Set.copyOf(audiences);
    boolean https = "https".equals(url.getScheme()) && url.getHost() != null;
    if (!https && !Loopback.isHttpUrl(url.toString())) {
      throw new IllegalArgumentException(
          "The issuer must be an https URL such as " + GOOGLE + ", but was " + url + ".");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null || url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "The URL of the issuer must not have a user, a query or a fragment.");
    }
    if (audiences.isEmpty() || audiences.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("The issuer needs an audience, which is a client ID.");
    }
  }

  /** Returns a verifier that fetches the keys of the issuer when it needs them. */
  public TokenVerifier verifier(Clock clock) {
    return verifier(clock, KeyTimes.standard());
  }

  TokenVerifier verifier(Clock clock, KeyTimes times) {
    return new TokenVerifier(
        url.toString(), issuers()::contains, audiences, ALGORITHMS, keys(times), LEEWAY, clock);
  }

  private List<String> issuers() {
    return url.toString().equals(GOOGLE)
        ? List.of(GOOGLE, GOOGLE_WITHOUT_SCHEME)
        : List.of(url.toString());
  }

  private JWKSource<SecurityContext> keys(KeyTimes times) {
    IssuerKeys fetched = new IssuerKeys(url);
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.create(fetched)
            .cache(times.cached().toMillis(), IssuerKeys.MAX_WAIT.toMillis())
            .refreshAheadCache(false)
            .rateLimited(times.between().toMillis())
            .outageTolerant(times.outage().toMillis())
            .build();
    return (selector, context) -> {
      try {
        return keys.get(selector, context);
      } catch (RateLimitReachedException e) {
        if (fetched.isReachable()) {
          // The key is unknown, and was not among the keys that were fetched a moment ago.
          return List.of();
        }
        throw e;
      }
    };
  }
}
