package io.github.idc4j.service.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Verifies ID tokens as section 3.1.3.7 of OpenID Connect Core 1.0 requires: signature, algorithm,
 * issuer, audience, expiry and start of validity. Safe for use by several threads.
 */
public final class TokenVerifier {

  /**
   * How long the signature of a token counts as verified. A key that its issuer withdraws is
   * refused after this time, plus the time for which the keys are cached.
   */
  private static final Duration VERIFIED = Duration.ofMinutes(5);

  /**
   * The maximum number of tokens in the cache. In practice, fewer tokens are in use at the same
   * time.
   */
  private static final int MAX_VERIFIED = 1000;

  /** The claims of a token with a valid signature. */
  private record Verified(JWTClaimsSet claims, Instant until) {}

  private final String name;
  private final Clock clock;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final Claims claims;

  /**
   * Tokens with a valid signature. This cache exists because verifying a signature takes longer
   * than the rest of a request.
   */
  private final Map<String, Verified> verified = new ConcurrentHashMap<>();

  /**
   * Creates a verifier.
   *
   * @param name the name of the issuer in messages
   * @param issuers accepts the values of {@code iss} that the issuer uses
   * @param audiences a token is valid if it has one of these audiences
   * @param algorithms the allowed signature algorithms, which use public keys
   * @param leeway the allowed difference between the clocks of the issuer and of this service
   */
  TokenVerifier(
      String name,
      Predicate<String> issuers,
      Set<String> audiences,
      Set<JWSAlgorithm> algorithms,
      JWKSource<SecurityContext> keys,
      Duration leeway,
      Clock clock) {
    this.name = name;
    this.clock = clock;
    claims = new Claims(issuers, audiences, leeway, clock);
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
    processor.setJWTClaimsSetVerifier(claims);
  }

  /**
   * Verifies an ID token and returns its user.
   *
   * @param unnamed whether to accept a token without an e-mail address
   * @throws InvalidTokenException if the token is not a valid ID token of the issuer for this
   *     service, or if its e-mail address is missing or not verified
   * @throws IssuerUnavailableException if the keys of the issuer cannot be fetched
   */
  public Caller verify(String token, boolean unnamed)
      throws InvalidTokenException, IssuerUnavailableException {
    try {
      JWTClaimsSet found = claims(token);
      String email = found.getStringClaim("email");
      if (email == null) {
        if (unnamed) {
          return new Caller.Unnamed();
        }
        throw new InvalidTokenException("The ID token has no e-mail address.");
      }
      // Without this check, a user could enter the address of another user at the issuer. Some
      // issuers send the boolean as a string.
      if (!"true".equals(String.valueOf(found.getClaim("email_verified")))) {
        throw new InvalidTokenException(
            "The issuer has not verified the e-mail address of the ID token.");
      }
      return new Caller.User(email);
    } catch (ParseException e) {
      throw new InvalidTokenException("The bearer token is not an ID token.");
    } catch (ExpiredJWTException e) {
      throw new InvalidTokenException("The ID token has expired. Sign in again.");
    } catch (BadJWTException e) {
      throw new InvalidTokenException("The ID token is not valid: " + e.getMessage() + ".");
    } catch (KeySourceException e) {
      throw new IssuerUnavailableException(
          "The ID token cannot be verified, because the keys of the issuer "
              + name
              + " cannot be fetched. Try again later.",
          e);
    } catch (BadJOSEException | JOSEException e) {
      throw new InvalidTokenException(
          "The ID token was not signed with a key of the issuer " + name + ".");
    }
  }

  private JWTClaimsSet claims(String token) throws ParseException, BadJOSEException, JOSEException {
    Instant now = clock.instant();
    Verified known = verified.get(token);
    if (known != null && now.isBefore(known.until())) {
      claims.verify(known.claims(), null);
      return known.claims();
    }
    JWTClaimsSet processed = processor.process(token, null);
    if (verified.size() >= MAX_VERIFIED) {
      verified.clear();
    }
    verified.put(token, new Verified(processed, now.plus(VERIFIED)));
    return processed;
  }

  /** Verifies the claims of a token with a valid signature. */
  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {

    private final Predicate<String> issuers;
    private final Clock clock;

    Claims(Predicate<String> issuers, Set<String> audiences, Duration leeway, Clock clock) {
      super(audiences, null, Set.of("iss", "sub", "exp", "iat"), Set.of());
      this.issuers = issuers;
      this.clock = clock;
      setMaxClockSkew(Math.toIntExact(leeway.toSeconds()));
    }

    @Override
    public void verify(JWTClaimsSet found, SecurityContext context) throws BadJWTException {
      super.verify(found, context);
      if (!issuers.test(found.getIssuer())) {
        throw new BadJWTException("JWT iss claim rejected");
      }
      if (found.getAudience().size() > 1
          && !getAcceptedAudienceValues().contains(String.valueOf(found.getClaim("azp")))) {
        throw new BadJWTException(
            "JWT aud claim rejected: the azp claim names no accepted audience");
      }
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }
}
