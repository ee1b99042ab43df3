package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests that the client can use and renew the credentials of a browser login at the development
 * issuer, in the file format of IDC's {@code idc_auth.py}.
 */
class BrowserLoginTest {

  private static final String CLIENT = "idc4j-reference-service";
  private static final String REDIRECT = "http://127.0.0.1:9999/";

  /** The example of RFC 7636, appendix B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(URI url, Map<String, String> form)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encoded(form))));
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String group(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(1);
  }

  private static JsonNode login(URI service) throws IOException, InterruptedException {
    URI authorize = service.resolve("/dev/authorize");
    HttpResponse<String> page =
        send(
            HttpRequest.newBuilder(
                URI.create(
                    authorize
                        + "?"
                        + encoded(
                            Map.of(
                                "response_type", "code",
                                "client_id", CLIENT,
                                "redirect_uri", REDIRECT,
                                "code_challenge", CHALLENGE,
                                "code_challenge_method", "S256")))));
    HttpResponse<String> signedIn =
        post(
            authorize,
            Map.of(
                "email",
                "me@example.org",
                "login",
                group("name=\"login\" value=\"([^\"]+)\"", page.body())));
    String location = signedIn.headers().firstValue("Location").orElseThrow();
    return JsonMapper.shared()
        .readTree(
            post(
                    service.resolve("/dev/token"),
                    Map.of(
                        "grant_type", "authorization_code",
                        "client_id", CLIENT,
                        "redirect_uri", REDIRECT,
                        "code", group("code=([^&]+)", location),
                        "code_verifier", VERIFIER))
                .body());
  }

  private static void write(Path file, JsonNode tokens, String idToken, URI service)
      throws IOException {
    Map<String, Object> credentials = new TreeMap<>();
    credentials.put("access_token", tokens.get("access_token").asString());
    credentials.put("client_id", CLIENT);
    credentials.put("client_secret", "not-used");
    credentials.put("refresh_token", tokens.get("refresh_token").asString());
    credentials.put("token_uri", service.resolve("/dev/token").toString());
    credentials.put("token_response", Map.of("id_token", idToken));
    credentials.put("invalid", false);
    Files.writeString(file, JsonMapper.shared().writeValueAsString(credentials));
  }

  private static String email(URI service, Path credentials) throws IOException {
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl(service.toString())
            .credentials(Credentials.file(credentials))
            .build()) {
      return client.account().email();
    }
  }

  @Test
  void theClientUsesAndRenewsTheCredentials(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (ReferenceService service =
        ReferenceService.builder().sampleSize(SampleSize.small()).start()) {
      URI url = service.baseUrl();
      Path file = folder.resolve("credentials");
      JsonNode tokens = login(url);
      write(file, tokens, tokens.get("id_token").asString(), url);
      String before = Files.readString(file);
      assertThat(email(url, file)).isEqualTo("me@example.org");
      assertThat(Files.readString(file)).isEqualTo(before);

      String expired = expired(url);
      write(file, tokens, expired, url);
      assertThat(email(url, file)).isEqualTo("me@example.org");
      assertThat(Files.readString(file)).doesNotContain(expired);
    }
  }

  private static String expired(URI service) throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(service.resolve("/dev/token"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"email\":\"me@example.org\",\"expires_in\":-60}")));
    return JsonMapper.shared().readTree(response.body()).get("id_token").asString();
  }
}
