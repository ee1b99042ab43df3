package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.idc4j.service.auth.OpenIdServer;
import io.github.idc4j.service.auth.TrustedIssuer;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Tests the operations of a service that trusts an OpenID Connect issuer. */
class SignInTest {

  private final OpenIdServer server = new OpenIdServer(Clock.systemUTC());

  @TempDir private Path home;
  private ReferenceService service;

  @BeforeEach
  void start() throws IOException {
    service = service(new TrustedIssuer(server.url(), Set.of(OpenIdServer.AUDIENCE)));
  }

  private ReferenceService service(TrustedIssuer issuer) throws IOException {
    return ReferenceService.builder()
        .dataFolder(home)
        .sampleSize(new SampleSize(Map.of("nlst", 1), 10))
        .trustedIssuer(issuer)
        .start();
  }

  @AfterEach
  void stop() {
    service.close();
    server.close();
  }

  private HttpResponse<String> account(String token) {
    return Http.send("GET", service.baseUrl() + "/users/account_details", null, null, token);
  }

  private static String member(HttpResponse<String> response, String pointer) {
    return JsonMapper.shared().readTree(response.body()).at(pointer).asString();
  }

  @Test
  void createsTheAccountWithTheFirstToken() {
    HttpResponse<String> first = account(server.sign(server.claims().build()));
    HttpResponse<String> second = account(server.sign(server.claims().jwtID("2").build()));

    assertThat(first.statusCode()).as("%s", first.body()).isEqualTo(200);
    assertThat(member(first, "/user_details/email")).isEqualTo("me@example.org");
    assertThat(second.body()).isEqualTo(first.body());
  }

  @Test
  void respondsWith401ToAnInvalidToken() {
    String token = server.sign(server.claims().audience("other").build());
    HttpResponse<String> response = account(token);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer error=\"invalid_token\"");
    assertThat(member(response, "/message")).contains("aud claim rejected");
    assertThat(response.body()).doesNotContain(token);
  }

  @Test
  void respondsWith503IfTheIssuerFails() {
    server.setBroken(true);
    HttpResponse<String> response = account(server.sign(server.claims().build()));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(member(response, "/message")).contains(server.url().toString(), "Try again later");
    assertThat(Http.send("GET", service.baseUrl() + "/about", null, null, null).statusCode())
        .isEqualTo(200);
  }

  /** Without threads of their own, these requests would occupy all threads of the service. */
  @Test
  void requestsThatWaitForTheIssuerDelayNoOthers() throws IOException, InterruptedException {
    server.setSilent();
    String token = server.sign(server.claims().build());
    HttpClient client = HttpClient.newHttpClient();
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      waiting.add(
          client.sendAsync(
              HttpRequest.newBuilder(URI.create(service.baseUrl() + "/users/account_details"))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.ofString()));
    }

    while (waiting.stream().noneMatch(CompletableFuture::isDone)) {
      HttpRequest about =
          HttpRequest.newBuilder(URI.create(service.baseUrl() + "/about"))
              .timeout(Duration.ofSeconds(1))
              .build();
      assertThat(client.send(about, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
    assertThat(waiting)
        .allSatisfy(response -> assertThat(response.join().statusCode()).isEqualTo(503));
  }

  @Test
  void hasNoDevelopmentIssuer() {
    assertThat(
            Http.send("POST", service.tokenUrl().toString(), "application/json", "{}", null)
                .statusCode())
        .isEqualTo(404);
    assertThatIllegalStateException().isThrownBy(() -> service.issueToken("me@example.org"));
  }

  /** The development issuer of one service is a complete issuer for another one. */
  @Test
  void refusesTokensOfADevelopmentIssuer() throws IOException {
    try (ReferenceService other =
        ReferenceService.builder()
            .dataFolder(home)
            .sampleSize(new SampleSize(Map.of("nlst", 1), 10))
            .start()) {
      assertThat(account(other.issueToken("me@example.org")).statusCode()).isEqualTo(401);
    }
  }
}
