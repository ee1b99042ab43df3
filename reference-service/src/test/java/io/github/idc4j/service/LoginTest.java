package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.auth.TrustedIssuer;
import io.github.idc4j.service.data.SampleSize;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests the login with a browser, and that pages of other origins cannot use the issuer. */
class LoginTest {

  private static final String REDIRECT = "http://127.0.0.1:9999/callback";

  /** The example of RFC 7636, appendix B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final MovableClock CLOCK = new MovableClock();

  @TempDir private static Path home;
  private static ReferenceService service;

  @BeforeAll
  static void start() throws IOException {
    service = builder().cors(true).clock(CLOCK).start();
  }

  private static ReferenceServiceBuilder builder() {
    return ReferenceService.builder()
        .dataFolder(home)
        .sampleSize(new SampleSize(Map.of("nlst", 1), 10));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static String origin() {
    return "http://" + service.baseUrl().getAuthority();
  }

  private static HttpResponse<String> send(
      String method, String path, String body, String... headers) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(origin() + path))
              .method(method, HttpRequest.BodyPublishers.ofString(body));
      if (headers.length > 0) {
        request.headers(headers);
      }
      return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<String> form(String path, Map<String, String> form) {
    return send("POST", path, encoded(form), "Content-Type", "application/x-www-form-urlencoded");
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, String> request() {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("response_type", "code");
    request.put("client_id", "idc4j-reference-service");
    request.put("redirect_uri", REDIRECT);
    request.put("code_challenge", CHALLENGE);
    request.put("code_challenge_method", "S256");
    request.put("state", "a&b=c");
    request.put("nonce", "n-1");
    return request;
  }

  private static String group(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(1);
  }

  private static String login() {
    HttpResponse<String> page = send("GET", "/dev/authorize?" + encoded(request()), "");
    assertThat(page.statusCode()).as("%s", page.body()).isEqualTo(200);
    return group("name=\"login\" value=\"([^\"]+)\"", page.body());
  }

  private static HttpResponse<String> signIn(String login) {
    return form("/dev/authorize", Map.of("login", login, "email", "me@example.org"));
  }

  private static String code() {
    String location = signIn(login()).headers().firstValue("Location").orElseThrow();
    assertThat(location).startsWith(REDIRECT + "?code=").endsWith("&state=a%26b%3Dc");
    return group("code=([^&]+)", location);
  }

  private static Map<String, String> grant(String code) {
    Map<String, String> grant = new LinkedHashMap<>();
    grant.put("grant_type", "authorization_code");
    grant.put("client_id", "idc4j-reference-service");
    grant.put("redirect_uri", REDIRECT);
    grant.put("code_verifier", VERIFIER);
    grant.put("code", code);
    return grant;
  }

  private static void assertRefused(HttpResponse<String> response, String error) {
    assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(400);
    assertThat(json(response).get("error").asString()).isEqualTo(error);
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  private static int accountStatus(String token) {
    return Http.send("GET", service.baseUrl() + "/users/account_details", null, null, token)
        .statusCode();
  }

  @Test
  void signsInAndRenewsTheToken() {
    JsonNode tokens = json(form("/dev/token", grant(code())));

    assertThat(accountStatus(tokens.get("id_token").asString())).isEqualTo(200);
    assertThat(accountStatus(tokens.get("refresh_token").asString())).isEqualTo(401);
    assertThat(accountStatus(tokens.get("access_token").asString())).isEqualTo(401);
    CLOCK.advance(Duration.ofHours(2));
    assertThat(accountStatus(tokens.get("id_token").asString())).isEqualTo(401);

    Map<String, String> refresh =
        Map.of(
            "grant_type", "refresh_token",
            "client_id", "idc4j-reference-service",
            "client_secret", "none",
            "refresh_token", tokens.get("refresh_token").asString());
    JsonNode renewed = json(form("/dev/token", refresh));
    assertThat(accountStatus(renewed.get("id_token").asString())).isEqualTo(200);
  }

  @Test
  void anIdTokenIsNoRefreshToken() {
    assertRefused(
        form(
            "/dev/token",
            Map.of(
                "grant_type", "refresh_token",
                "client_id", "idc4j-reference-service",
                "refresh_token", service.issueToken("me@example.org"))),
        "invalid_grant");
  }

  @Test
  void aCodeIsValidOnce() {
    String code = code();
    assertThat(form("/dev/token", grant(code)).statusCode()).isEqualTo(200);
    assertRefused(form("/dev/token", grant(code)), "invalid_grant");
  }

  @Test
  void aCodeIsValidForAMinute() {
    String early = code();
    String late = code();
    CLOCK.advance(Duration.ofSeconds(59));
    assertThat(form("/dev/token", grant(early)).statusCode()).isEqualTo(200);
    CLOCK.advance(Duration.ofSeconds(1));
    assertRefused(form("/dev/token", grant(late)), "invalid_grant");
  }

  @ParameterizedTest
  @CsvSource({
    "code_verifier, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, invalid_grant",
    "code_verifier, '', invalid_grant",
    "redirect_uri, http://127.0.0.1:9998/callback, invalid_grant",
    "client_id, other, invalid_client"
  })
  void aCodeNeedsTheRestOfTheLogin(String parameter, String value, String error) {
    Map<String, String> grant = grant(code());
    grant.put(parameter, value);

    assertRefused(form("/dev/token", grant), error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org/",
        "http://127.0.0.1.example.org/",
        "http://127.0.0.1@example.org/",
        "http://me@127.0.0.1/",
        "http://127.0.0.1/#a",
        "http://127.0.0.1/\r\nX: y",
        "javascript:alert(1)",
        "//example.org",
        ""
      })
  void redirectsOnlyToThisHost(String redirect) {
    Map<String, String> request = request();
    request.put("redirect_uri", redirect);
    HttpResponse<String> response = send("GET", "/dev/authorize?" + encoded(request), "");

    assertRefused(response, "invalid_request");
    assertThat(response.headers().firstValue("Location")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "response_type, token, unsupported_response_type",
    "code_challenge_method, plain, invalid_request",
    "code_challenge, short, invalid_request"
  })
  void givesTheProgramOtherErrors(String parameter, String value, String error) {
    Map<String, String> request = request();
    request.put(parameter, value);
    HttpResponse<String> response = send("GET", "/dev/authorize?" + encoded(request), "");

    assertThat(response.statusCode()).isEqualTo(303);
    assertThat(response.headers().firstValue("Location"))
        .contains(REDIRECT + "?error=" + error + "&state=a%26b%3Dc");
  }

  @Test
  void thePageNeedsItsSecretAndWorksOnce() {
    assertRefused(signIn("guessed"), "invalid_request");
    String login = login();
    assertThat(signIn(login).statusCode()).isEqualTo(303);
    assertRefused(signIn(login), "invalid_request");
  }

  @Test
  void otherPagesCannotFrameThePage() {
    HttpResponse<String> page = send("GET", "/dev/authorize?" + encoded(request()), "");

    assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("frame-ancestors 'none'");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /dev/token, Origin, https://example.org",
    "POST, /dev/token, Origin, null",
    "POST, /dev/token, Origin, http://127.0.0.1:1",
    "POST, /dev/token, Sec-Fetch-Site, cross-site",
    "POST, /dev/token, Sec-Fetch-Site, same-site",
    "POST, /dev/authorize, Origin, null",
    "POST, /dev/authorize, Sec-Fetch-Site, cross-site",
    "GET, /dev/authorize, Sec-Fetch-Site, cross-site",
    "GET, /dev/jwks, Origin, https://example.org",
    "OPTIONS, /dev/token, Origin, https://example.org"
  })
  void refusesPagesOfOtherOrigins(String method, String path, String header, String value) {
    HttpResponse<String> response =
        send(method, path, "{}", "Content-Type", "application/json", header, value);

    assertThat(response.statusCode()).isEqualTo(403);
    assertNoCors(response);
  }

  @Test
  void neverAllowsCors() {
    assertNoCors(send("POST", "/dev/token", "{}", "Content-Type", "application/json"));
    assertNoCors(
        send(
            "OPTIONS",
            "/dev/token",
            "",
            "Origin",
            origin(),
            "Access-Control-Request-Method",
            "POST"));
    assertThat(send("GET", "/v1/about", "").headers().firstValue("Access-Control-Allow-Origin"))
        .contains("*");
  }

  private static void assertNoCors(HttpResponse<String> response) {
    assertThat(response.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
  }

  @Test
  void acceptsItsOwnPages() {
    HttpResponse<String> response =
        send(
            "POST",
            "/dev/token",
            "{}",
            "Content-Type",
            "application/json",
            "Origin",
            origin(),
            "Sec-Fetch-Site",
            "same-origin");

    assertThat(response.statusCode()).isEqualTo(200);
  }

  /** After DNS rebinding, a browser sends the name of the other host, and no foreign origin. */
  @ParameterizedTest
  @CsvSource({
    "rebound.example.org, 421",
    "rebound.example.org:80, 421",
    "localhost, 200",
    "127.0.0.1, 200",
    "[::1], 200"
  })
  void refusesOtherHosts(String host, int status) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), service.baseUrl().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /dev/jwks HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));

      assertThat(reader.readLine()).startsWith("HTTP/1.1 " + status + " ");
    }
  }

  /** The issuer is complete: another service finds its key by discovery, as it does Google's. */
  @Test
  void anotherServiceCanTrustIt() throws IOException {
    TrustedIssuer issuer =
        new TrustedIssuer(URI.create(origin()), Set.of("idc4j-reference-service"));
    try (ReferenceService other = builder().clock(CLOCK).trustedIssuer(issuer).start()) {
      HttpResponse<String> response =
          Http.send(
              "GET",
              other.baseUrl() + "/users/account_details",
              null,
              null,
              service.issueToken("me@example.org"));

      assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(200);
    }
  }
}
