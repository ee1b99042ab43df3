package io.github.idc4j.service.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;

/**
 * The development issuer, which signs ID tokens without asking for a password.
 *
 * <p>Only services with the same key accept the tokens.
 */
public final class Issuer {

  /** The default lifetime of an ID token. */
  public static final Duration LIFETIME = Duration.ofHours(1);

  /** The client ID of programs that sign users in, and the audience of the ID tokens. */
  public static final String CLIENT_ID = "idc4j-reference-service";

  private final ECKey key;
  private final Clock clock;

  /** Creates an issuer that signs with a key of the curve P-256. */
  public Issuer(ECKey key, Clock clock) {
    this.clock = clock;
    try {
      this.key = new ECKey.Builder(key).keyIDFromThumbprint().build();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Returns a verifier of the ID tokens. It accepts tokens of every service with the same key,
   * whatever its port is.
   */
  public TokenVerifier verifier() {
    return new TokenVerifier(
        "of this service",
        Loopback::isHttpUrl,
        Set.of(CLIENT_ID),
        Set.of(JWSAlgorithm.ES256),
        new ImmutableJWKSet<>(new JWKSet(key.toPublicJWK())),
        Duration.ZERO,
        clock);
  }

  /** Returns the public key in a JSON Web Key Set. */
  public Map<String, Object> keys() {
    return new JWKSet(key.toPublicJWK()).toJSONObject();
  }

  /**
   * Signs an ID token.
   *
   * @param url the URL of the issuer, such as {@code http://127.0.0.1:8080}
   * @param email the e-mail address of the user; null for a token without an e-mail address
   * @param lifetime the time from now until the token expires; if negative, the token has already
   *     expired
   */
  public String issue(URI url, String email, Duration lifetime) {
    Instant now = clock.instant();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(url.toString())
            .audience(CLIENT_ID)
            .subject(email == null ? "unnamed" : email)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(lifetime)));
    if (email != null) {
      claims.claim("email", email).claim("email_verified", true);
    }
    return sign(claims.build());
  }

  private String sign(JWTClaimsSet claims) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }
}
