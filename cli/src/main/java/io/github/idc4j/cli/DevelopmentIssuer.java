package io.github.idc4j.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The development issuer of a reference service that runs somewhere on this machine. */
final class DevelopmentIssuer {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final URI endpoint;

  private DevelopmentIssuer(URI endpoint) {
    this.endpoint = endpoint;
  }

  static DevelopmentIssuer of(URI service) {
    return new DevelopmentIssuer(service.resolve("/dev/token"));
  }

  /** Returns an ID token for the user; empty where no such issuer answers. */
  Optional<String> token(String email) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "email=" + URLEncoder.encode(email, StandardCharsets.UTF_8)))
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newBuilder()
              .connectTimeout(TIMEOUT)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        return Optional.empty();
      }
      return JsonMapper.shared().readTree(response.body()).path("id_token").asStringOpt();
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }
}
