package io.github.idc4j.service.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
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
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The development issuer: signs ID tokens under a key of this process, and verifies them.
 *
 * <p>The key is never written anywhere, so its tokens are worth nothing to another service, nor to
 * this one after a restart.
 */
public final class Issuer {

  /** Lifetime of an ID token that is not said otherwise. */
  public static final Duration LIFETIME = Duration.ofHours(1);

  private static final String NAME = "idc4j-development-issuer";
  private static final String AUDIENCE = "idc4j-reference-service";

  /** More than callers have tokens at a time. */
  private static final int MAX_SIGNED = 1000;

  private final ECKey key;
  private final Clock clock;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final DefaultJWTClaimsVerifier<SecurityContext> claims;

  /** Tokens whose signature was good: to find that out takes longer than all else of a request. */
  private final Map<String, JWTClaimsSet> signed = new ConcurrentHashMap<>();

  /** Makes a key. */
  public Issuer(Clock clock) {
    this.clock = clock;
    try {
      key = new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.ES256, new ImmutableJWKSet<>(new JWKSet(key.toPublicJWK()))));
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

  /** Returns the public key as a JSON Web Key Set. */
  public Map<String, Object> keys() {
    return new JWKSet(key.toPublicJWK()).toJSONObject();
  }

  /**
   * Signs an ID token.
   *
   * @param email the e-mail address; null for a token without one
   * @param lifetime from now; a negative one gives a token that has expired
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
   * Returns whom a token is for.
   *
   * @param unnamed whether a token without an e-mail address is good
   * @throws InvalidTokenException if it is garbled, has expired, or is not of this issuer
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
