package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DevelopmentIssuerTest {

  private static final String JSON = "application/json";
  private static final String ALICE = "alice@example.org";

  @TempDir static Path home;

  private static ReferenceService service;

  @BeforeAll
  static void start() throws IOException {
    service =
        ReferenceService.builder()
            .dataFolder(home)
            .sampleSize(new SampleSize(Map.of("nlst", 3), 50))
            .start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static HttpResponse<String> ask(String contentType, String body) {
    return Http.send("POST", service.tokenUrl().toString(), contentType, body, null);
  }

  private static String token(String contentType, String body) {
    HttpResponse<String> answer = ask(contentType, body);
    assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body()).get("id_token").asString();
  }

  private static HttpResponse<String> account(String bearer) {
    return Http.send("GET", service.baseUrl() + "/users/account_details", null, null, bearer);
  }

  private static void assertRefused(String bearer) {
    HttpResponse<String> answer = account(bearer);
    assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer error=\"invalid_token\"");
    assertThat(answer.body()).doesNotContain(bearer).contains("\"code\":401");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "application/json|{\"email\":\"alice@example.org\"}",
        "application/json; charset=utf-8|{\"email\":\"alice@example.org\",\"expires_in\":60}"
      })
  void signsInAndGivesATokenOfTheUser(String contentType, String body) {
    HttpResponse<String> answer = account(token(contentType, body));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JsonMapper.shared().readTree(answer.body()).at("/user_details/email").asString())
        .isEqualTo(ALICE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "application/json|{\"email\":\"no-address\"}",
        "application/json|{\"email\":\"a@b c\"}",
        "application/json|{\"email\":\"a@\\ud800\"}",
        "application/json|{\"email\":\"a@example.org\",\"expires_in\":\"soon\"}",
        "application/x-www-form-urlencoded|email=%zz",
        "application/x-www-form-urlencoded|email=%",
        "application/x-www-form-urlencoded|email=%e2%82",
        "application/x-www-form-urlencoded|email=a&email=b",
        "application/x-www-form-urlencoded|email=alice%40example.org",
        "application/x-www-form-urlencoded|grant_type=password&client_id=idc4j-reference-service",
        "application/json|{\"email\":5}",
        "application/json|{",
        "application/json|[]"
      })
  void refusesWhatItDoesNotUnderstand(String contentType, String body) {
    HttpResponse<String> answer = ask(contentType, body);

    assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(400);
  }

  /** A web page of another origin can send these types without permission of the service. */
  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "multipart/form-data; boundary=a", "application/jsonx"})
  void needsJson(String contentType) {
    assertThat(ask(contentType, "{\"email\":\"alice@example.org\"}").statusCode()).isEqualTo(415);
  }

  @Test
  void showsTheKeyThatVerifiesItsTokens() throws ParseException, JOSEException {
    HttpResponse<String> keys =
        Http.send("GET", service.tokenUrl().resolve("jwks").toString(), null, null, null);
    SignedJWT token = SignedJWT.parse(service.issueToken(ALICE));

    assertThat(keys.body()).doesNotContain("\"d\":");
    assertThat(
            token.verify(
                new ECDSAVerifier(
                    JWKSet.parse(keys.body())
                        .getKeyByKeyId(token.getHeader().getKeyID())
                        .toECKey())))
        .isTrue();
  }

  @Test
  void canGiveTokensThatAreNoGood() {
    assertRefused(token(JSON, "{\"email\":\"alice@example.org\",\"expires_in\":-1}"));
    assertRefused(token(JSON, "{\"register\":false}"));
  }

  @Test
  void canLeaveAUserUnregistered() {
    HttpResponse<String> answer =
        account(token(JSON, "{\"email\":\"new@example.org\",\"register\":false}"));

    JsonNode body = JsonMapper.shared().readTree(answer.body());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(body.get("message").asString()).contains("new@example.org", "sign in");
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "a.b.c", "eyJhbGciOiJub25lIn0..", "null"})
  void aGarbledTokenIsRefused(String token) {
    assertRefused(token);
  }

  @Test
  void aTokenThatWasAlteredOrSignedByAnotherIsRefused() throws ParseException, JOSEException {
    String good = service.issueToken(ALICE);
    SignedJWT parsed = SignedJWT.parse(good);
    JWTClaimsSet claims = parsed.getJWTClaimsSet();
    String[] parts = good.split("\\.");
    String[] others = service.issueToken("bob@example.org").split("\\.");
    SignedJWT forged =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(parsed.getHeader().getKeyID()).build(),
            claims);
    forged.sign(new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate()));

    assertThat(account(good).statusCode()).isEqualTo(200);
    assertRefused(parts[0] + "." + others[1] + "." + parts[2]);
    assertRefused(new PlainJWT(claims).serialize());
    assertRefused(forged.serialize());
  }
}
