package io.github.idc4j.service.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.github.idc4j.service.MovableClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies tokens with the keys of a server that the test can rotate, break and stop. */
class TrustedIssuerTest {

  private static final Caller ME = new Caller.User("me@example.org");

  private final MovableClock clock = new MovableClock();
  private final OpenIdServer server = new OpenIdServer(clock);
  private final TokenVerifier verifier = verifier(TrustedIssuer.KeyTimes.standard());

  @AfterEach
  void stop() {
    server.close();
  }

  private TokenVerifier verifier(TrustedIssuer.KeyTimes times) {
    return new TrustedIssuer(server.url(), Set.of(OpenIdServer.AUDIENCE, "client-2"))
        .verifier(clock, times);
  }

  /** Keys that are fetched for every token. */
  private static TrustedIssuer.KeyTimes uncached(Duration outage) {
    return new TrustedIssuer.KeyTimes(Duration.ofMillis(2), Duration.ofMillis(1), outage);
  }

  private String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return server.sign(change.apply(server.claims()).build());
  }

  private void assertRefused(String token, String why) {
    assertThatExceptionOfType(InvalidTokenException.class)
        .isThrownBy(() -> verifier.verify(token, false))
        .withMessageContaining(why)
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(token));
  }

  static Stream<Arguments> valid() {
    return Stream.of(
        Arguments.of("plain", change(claims -> claims)),
        Arguments.of("second audience", change(claims -> claims.audience("client-2"))),
        Arguments.of(
            "aud claim rejected: the azp claim",
            change(
                claims -> claims.audience(List.of("other", "client-2")).claim("azp", "client-2"))),
        Arguments.of("expired within the leeway", change(claims -> expires(claims, -59))),
        Arguments.of("not yet valid within the leeway", change(claims -> begins(claims, 59))),
        Arguments.of("boolean as text", change(claims -> claims.claim("email_verified", "true"))));
  }

  static Stream<Arguments> invalid() {
    return Stream.of(
        Arguments.of("aud claim rejected", change(claims -> claims.audience("other"))),
        Arguments.of(
            "missing required aud claim", change(claims -> claims.audience((String) null))),
        Arguments.of(
            "aud claim rejected: the azp claim",
            change(claims -> claims.audience(List.of("other", "client-1")))),
        Arguments.of(
            "aud claim rejected: the azp claim",
            change(claims -> claims.audience(List.of("other", "client-1")).claim("azp", "other"))),
        Arguments.of(
            "iss claim rejected", change(claims -> claims.issuer("https://other.example.org"))),
        Arguments.of("missing required claims: [iss]", change(claims -> claims.issuer(null))),
        Arguments.of("expired", change(claims -> expires(claims, -61))),
        Arguments.of(
            "missing required claims: [exp]", change(claims -> claims.expirationTime(null))),
        Arguments.of("missing required claims: [sub]", change(claims -> claims.subject(null))),
        Arguments.of("before use time", change(claims -> begins(claims, 61))),
        Arguments.of("no e-mail address", change(claims -> claims.claim("email", null))),
        Arguments.of("not verified", change(claims -> claims.claim("email_verified", false))),
        Arguments.of("not verified", change(claims -> claims.claim("email_verified", null))));
  }

  private static UnaryOperator<JWTClaimsSet.Builder> change(
      UnaryOperator<JWTClaimsSet.Builder> change) {
    return change;
  }

  private static JWTClaimsSet.Builder expires(JWTClaimsSet.Builder claims, int seconds) {
    return claims.expirationTime(Date.from(new MovableClock().instant().plusSeconds(seconds)));
  }

  private static JWTClaimsSet.Builder begins(JWTClaimsSet.Builder claims, int seconds) {
    return claims.notBeforeTime(Date.from(new MovableClock().instant().plusSeconds(seconds)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("valid")
  void acceptsValidTokens(String name, UnaryOperator<JWTClaimsSet.Builder> change)
      throws Exception {
    assertThat(verifier.verify(token(change), false)).as(name).isEqualTo(ME);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void refusesInvalidTokens(String why, UnaryOperator<JWTClaimsSet.Builder> change) {
    assertRefused(token(change), why);
  }

  @Test
  void aTokenWithoutEmailIsUnnamedIfAllowed() throws Exception {
    assertThat(verifier.verify(token(claims -> claims.claim("email", null)), true))
        .isEqualTo(new Caller.Unnamed());
  }

  private String signed(JWSHeader header, JWSSigner signer) throws Exception {
    SignedJWT token = new SignedJWT(header, server.claims().build());
    token.sign(signer);
    return token.serialize();
  }

  /** The public key is known to everyone, so it must not serve as the secret of an HMAC. */
  @Test
  void refusesAnHmacWithThePublicKey() throws Exception {
    byte[] der = server.key().toRSAPublicKey().getEncoded();
    byte[] pem =
        ("-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n")
            .getBytes(StandardCharsets.US_ASCII);
    for (byte[] secret : List.of(der, pem)) {
      assertRefused(
          signed(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(),
              new MACSigner(secret)),
          "not signed with a key of the issuer");
    }
  }

  @Test
  void refusesUnsignedTokensAndOtherTypesOfTokens() throws Exception {
    assertRefused(new PlainJWT(server.claims().build()).serialize(), "not signed");
    assertRefused("garbage", "not an ID token");
    assertRefused(
        signed(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .type(new JOSEObjectType("at+jwt"))
                .build(),
            new RSASSASigner(server.key())),
        "not signed with a key of the issuer");
  }

  @Test
  void refusesAKeyInTheTokenItself() throws Exception {
    OpenIdServer other = new OpenIdServer(clock);
    other.close();
    other.rotate("first");
    assertRefused(
        signed(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .jwk(other.key().toPublicJWK())
                .build(),
            new RSASSASigner(other.key())),
        "not signed with a key of the issuer");
  }

  @Test
  void fetchesTheKeysOnceAndAfterARotation() throws Exception {
    String before = token(claims -> claims);
    verifier.verify(before, false);
    verifier.verify(token(claims -> claims.jwtID("2")), false);
    assertThat(server.keyRequests()).isEqualTo(1);

    server.rotate("second");
    assertThat(verifier.verify(token(claims -> claims), false)).isEqualTo(ME);
    assertThat(server.keyRequests()).isEqualTo(2);

    clock.advance(Duration.ofMinutes(6));
    assertRefused(before, "not signed with a key of the issuer");
  }

  /** Otherwise, callers without an account could make the service send requests to the issuer. */
  @Test
  void fetchesTheKeysAtMostTwiceForUnknownKeys() throws Exception {
    verifier.verify(token(claims -> claims), false);
    OpenIdServer other = new OpenIdServer(clock);
    other.close();
    other.rotate("unknown");
    for (int i = 0; i < 20; i++) {
      other.rename("unknown-" + i);
      assertRefused(other.sign(server.claims().build()), "not signed with a key of the issuer");
    }

    assertThat(server.keyRequests()).isEqualTo(2);
    assertThat(verifier.verify(token(claims -> claims.jwtID("2")), false)).isEqualTo(ME);
  }

  @Test
  void usesKnownKeysDuringAnOutage() throws Exception {
    TokenVerifier tolerant = verifier(uncached(Duration.ofHours(1)));
    tolerant.verify(token(claims -> claims), false);
    server.setBroken(true);
    awaitExpiryOfKeys();

    assertThat(tolerant.verify(token(claims -> claims.jwtID("2")), false)).isEqualTo(ME);
  }

  /** The keys expire by the system clock, 2 milliseconds after they were fetched. */
  private static void awaitExpiryOfKeys() {
    long begin = System.currentTimeMillis();
    while (System.currentTimeMillis() - begin < 10) {
      Thread.onSpinWait();
    }
  }

  @Test
  void failsIfTheKeysCannotBeFetchedAndRecovers() throws Exception {
    TokenVerifier other = verifier(uncached(Duration.ofMillis(3)));
    String token = token(claims -> claims);
    server.setBroken(true);
    for (int i = 0; i < 5; i++) {
      assertThatExceptionOfType(IssuerUnavailableException.class)
          .isThrownBy(() -> other.verify(token, false))
          .withMessageContaining(server.url().toString())
          .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(token));
    }
    server.setBroken(false);
    awaitExpiryOfKeys();

    assertThat(other.verify(token, false)).isEqualTo(ME);
  }

  /** With the usual limit, only two of the requests wait for the issuer. */
  @Test
  void failsAtOnceWhileTheIssuerIsStopped() {
    String token = token(claims -> claims);
    server.close();

    for (int i = 0; i < 5; i++) {
      assertThatExceptionOfType(IssuerUnavailableException.class)
          .isThrownBy(() -> verifier.verify(token, false));
    }
  }

  @Test
  void refusesTheConfigurationOfAnotherIssuer() {
    server.setName("https://other.example.org");

    assertThatExceptionOfType(IssuerUnavailableException.class)
        .isThrownBy(() -> verifier.verify(token(claims -> claims), false))
        .withStackTraceContaining("belongs to another issuer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://issuer.example.org",
        "ftp://issuer.example.org",
        "issuer",
        "http://127.0.0.1.example.org",
        "https://issuer.example.org/?a=b",
        "https://issuer.example.org/#a",
        "https://user@issuer.example.org"
      })
  void refusesUnsafeUrls(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrustedIssuer(URI.create(url), Set.of("a")))
        .withMessageContaining("issuer");
  }
}
