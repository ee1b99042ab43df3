package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.auth.TrustedIssuer;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests the files of the page with the operations. A test of the site opens it in a browser. */
class SwaggerTest {

  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

  @TempDir static Path home;

  private static ReferenceService service;

  private static ReferenceServiceBuilder builder() {
    return ReferenceService.builder()
        .dataFolder(home)
        .sampleSize(new SampleSize(Map.of("nlst", 3), 50));
  }

  @BeforeAll
  static void start() throws IOException {
    service = builder().start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static HttpResponse<String> send(ReferenceService to, String method, String path) {
    return Http.send(method, to.baseUrl().resolve(path).toString(), null, null, null);
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static JsonNode document(ReferenceService of) {
    return JsonMapper.shared().readTree(send(of, "GET", "/v1/swagger/openapi.json").body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/swagger", "/v1/swagger/"})
  void thePageHasTheFilesThatItNeeds(String path) {
    HttpResponse<String> page = send(service, "GET", path);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(page, "Content-Security-Policy"))
        .isEqualTo("default-src 'self'; img-src 'self' data:; object-src 'none'");
    List<String> links = new ArrayList<>(List.of("/v1/swagger/oauth2-redirect.html"));
    Matcher link = LINK.matcher(page.body());
    while (link.find()) {
      links.add(link.group(1));
    }
    assertThat(links.remove("data:,")).isTrue();
    assertThat(links).hasSize(4);
    for (String each : links) {
      HttpResponse<String> file = send(service, "GET", each);
      assertThat(file.statusCode()).as(each).isEqualTo(200);
      assertThat(file.body()).isNotEmpty();
      assertThat(header(file, "Content-Type"))
          .isEqualTo(
              Map.of("css", "text/css", "js", "text/javascript", "html", "text/html")
                      .get(each.substring(each.lastIndexOf('.') + 1))
                  + "; charset=utf-8");
    }
  }

  @Test
  void headHasNoBodyAndOtherMethodsAreRefused() {
    HttpResponse<String> head = send(service, "HEAD", "/v1/swagger");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();

    HttpResponse<String> post = send(service, "POST", "/v1/swagger");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(header(post, "Allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/swagger/other.js",
        "/v1/swagger/swagger-ui-bundle.js.map",
        "/v1/swagger/login.html",
        "/v1/swaggers"
      })
  void thereAreNoOtherFiles(String path) {
    assertThat(send(service, "GET", path).statusCode()).isEqualTo(404);
  }

  @Test
  void thePolicyOfThePageIsOnlyForThePage() {
    assertThat(header(send(service, "GET", "/v1/about"), "Content-Security-Policy"))
        .isEqualTo("default-src 'self'; object-src 'none'");
  }

  @Test
  void theDocumentIsForThisService() {
    JsonNode document = document(service);
    assertThat(document.at("/servers").toString()).isEqualTo("[{\"url\":\"/v1\"}]");
    assertThat(document.get("paths").size()).isEqualTo(16);
    JsonNode scheme = document.at("/components/securitySchemes/idToken");
    assertThat(scheme.get("type").asString()).isEqualTo("oauth2");
    assertThat(scheme.get("x-tokenName").asString()).isEqualTo("id_token");
    URI token = URI.create(scheme.at("/flows/authorizationCode/tokenUrl").asString());
    assertThat(service.baseUrl().resolve(token)).isEqualTo(service.tokenUrl());
  }

  @Test
  void withATrustedIssuerUsersEnterTheirTokens() throws IOException {
    TrustedIssuer issuer = new TrustedIssuer(URI.create("https://issuer.example.org"), Set.of("a"));
    try (ReferenceService other = builder().trustedIssuer(issuer).start()) {
      JsonNode scheme = document(other).at("/components/securitySchemes/idToken");
      assertThat(scheme.get("type").asString()).isEqualTo("http");
      assertThat(send(other, "GET", "/v1/swagger").body()).contains("data-client=\"\"");
    }
  }

  @Test
  void theDocumentOfTheReducedServiceHasItsOperations() throws IOException {
    try (ReferenceService other = builder().reduced(true).start()) {
      assertThat(document(other).get("paths").propertyNames())
          .hasSize(9)
          .contains("/cohorts/query/preview")
          .doesNotContain("/cohorts");
    }
  }

  @Test
  void theRetiredServiceHasNoPage() throws IOException {
    try (ReferenceService other = builder().retired(true).start()) {
      assertThat(send(other, "GET", "/v1/swagger").statusCode()).isEqualTo(404);
    }
  }
}
