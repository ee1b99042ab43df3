package io.github.idc4j.service.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URI;
import java.text.ParseException;
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

  private static final JOSEObjectType REFRESH_TOKEN = new JOSEObjectType("refresh+jwt");

  private final ECKey key;
  private final Clock clock;
  private final DefaultJWTProcessor<SecurityContext> refreshTokens = new DefaultJWTProcessor<>();

  /** Creates an issuer that signs with a key of the curve P-256. */
  public Issuer(ECKey key, Clock clock) {
    this.clock = clock;
    try {
      this.key = new ECKey.Builder(key).keyIDFromThumbprint().build();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    refreshTokens.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(REFRESH_TOKEN));
    refreshTokens.setJWSKeySelector(
        new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, publicKey()));
  }

  private ImmutableJWKSet<SecurityContext> publicKey() {
    return new ImmutableJWKSet<>(new JWKSet(key.toPublicJWK()));
  }

  /**
   * Returns a verifier of the ID tokens. It accepts tokens of every service with the same key,
   * whatever its port is.
   */
  public TokenVerifier verifier() {
    return new TokenVerifier(
        "of this service",
        Loopback::isUrl,
        Set.of(CLIENT_ID),
        Set.of(JWSAlgorithm.ES256),
        publicKey(),
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
    return issue(url, email, lifetime, "");
  }

  /**
   * Signs an ID token with a nonce.
   *
   * @param nonce the nonce of the program that requests the token; empty for none
   */
  public String issue(URI url, String email, Duration lifetime, String nonce) {
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
    if (!nonce.isEmpty()) {
      claims.claim("nonce", nonce);
    }
    return sign(JOSEObjectType.JWT, claims.build());
  }

  /**
   * Signs a refresh token, with which a program can get further ID tokens of a user. It does not
   * expire, and it is not an ID token.
   */
  public String refreshToken(String email) {
    return sign(REFRESH_TOKEN, new JWTClaimsSet.Builder().subject(email).build());
  }

  /**
   * Verifies a refresh token and returns the e-mail address of its user.
   *
   * @throws LoginException if the token was not issued by an issuer with the same key
   */
  public String user(String refreshToken) throws LoginException {
    try {
      return refreshTokens.process(refreshToken, null).getSubject();
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw new LoginException(
          "invalid_grant", "The refresh_token is not a refresh token of this service.");
    }
  }

  private String sign(JOSEObjectType type, JWTClaimsSet claims) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).keyID(key.getKeyID()).build(),
            claims);
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }
}
