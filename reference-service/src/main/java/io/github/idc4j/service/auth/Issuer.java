package io.github.idc4j.service.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The development issuer, which signs and verifies ID tokens.
 *
 * <p>Only services with the same key accept the tokens.
 */
public final class Issuer {

  /** The default lifetime of an ID token. */
  public static final Duration LIFETIME = Duration.ofHours(1);

  private static final String NAME = "idc4j-development-issuer";
  private static final String AUDIENCE = "idc4j-reference-service";

  /**
   * The maximum number of tokens in the cache. In practice, fewer tokens are in use at the same
   * time.
   */
  private static final int MAX_SIGNED = 1000;

  private final ECKey key;
  private final Clock clock;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final DefaultJWTClaimsVerifier<SecurityContext> claims;

  /**
   * The claims of tokens with a valid signature, by token. This cache exists because verifying a
   * signature takes longer than the rest of a request.
   */
  private final Map<String, JWTClaimsSet> signed = new ConcurrentHashMap<>();

  /** Creates an issuer that signs with a key of the curve P-256. */
  public Issuer(ECKey key, Clock clock) {
    this.clock = clock;
    try {
      this.key = new ECKey.Builder(key).keyIDFromThumbprint().build();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.ES256, new ImmutableJWKSet<>(new JWKSet(this.key.toPublicJWK()))));
    claims =
        new DefaultJWTClaimsVerifier<>(
            AUDIENCE, new JWTClaimsSet.Builder().issuer(NAME).build(), Set.of("exp", "iat")) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    claims.setMaxClockSkew(0);
    processor.setJWTClaimsSetVerifier(claims);
  }

  /** Returns the public key in a JSON Web Key Set. */
  public Map<String, Object> keys() {
    return new JWKSet(key.toPublicJWK()).toJSONObject();
  }

  /**
   * Signs an ID token.
   *
   * @param email the e-mail address of the user; null for a token without an e-mail address
   * @param lifetime the time from now until the token expires; if negative, the token has already
   *     expired
   */
  public String issue(String email, Duration lifetime) {
    Instant now = clock.instant();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience(AUDIENCE)
                .subject(email == null ? "unnamed" : email)
                .claim("email", email)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .build());
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  /**
   * Verifies an ID token and returns its user.
   *
   * @param unnamed whether to accept a token without an e-mail address
   * @throws InvalidTokenException if the token is malformed, has expired, lacks a required e-mail
   *     address, or was signed by another issuer
   */
  public Caller verify(String token, boolean unnamed) throws InvalidTokenException {
    try {
      String email = claims(token).getStringClaim("email");
      if (email == null && !unnamed) {
        throw new InvalidTokenException("The ID token has no e-mail address.");
      }
      return email == null ? new Caller.Unnamed() : new Caller.User(email);
    } catch (ParseException e) {
      throw new InvalidTokenException("The bearer token is not an ID token.");
    } catch (BadJWTException e) {
      throw new InvalidTokenException("The ID token is not good: " + e.getMessage() + ".");
    } catch (BadJOSEException | JOSEException e) {
      throw new InvalidTokenException("The ID token was not signed by an issuer known here.");
    }
  }

  private JWTClaimsSet claims(String token) throws ParseException, BadJOSEException, JOSEException {
    JWTClaimsSet known = signed.get(token);
    if (known != null) {
      claims.verify(known, null);
      return known;
    }
    JWTClaimsSet processed = processor.process(token, null);
    if (signed.size() >= MAX_SIGNED) {
      signed.clear();
    }
    signed.put(token, processed);
    return processed;
  }
}
