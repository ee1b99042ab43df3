package io.github.idc4j.cli;

import io.github.idc4j.conformance.run.ConformanceRunBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The development issuer of a reference service that runs somewhere on this machine. */
final class DevelopmentIssuer {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  static final String FIRST_USER = "first.user@example.org";
  static final String SECOND_USER = "second.user@example.org";

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI endpoint;

  private DevelopmentIssuer(URI endpoint) {
    this.endpoint = endpoint;
  }

  static DevelopmentIssuer of(URI service) {
    return new DevelopmentIssuer(service.resolve("/dev/token"));
  }

  /** Returns an ID token for the user; empty where no such issuer answers. */
  Optional<String> token(String email) throws InterruptedException {
    return token(Map.of("email", email));
  }

  /** Gives a run the ID tokens that its checks can use; none if there is no such issuer. */
  void addTokens(ConformanceRunBuilder run) throws InterruptedException {
    Optional<String> first = token(FIRST_USER);
    if (first.isEmpty()) {
      return;
    }
    run.token(first.get());
    token(SECOND_USER).ifPresent(run::secondToken);
    token(Map.of("email", FIRST_USER, "expires_in", "-60")).ifPresent(run::expiredToken);
    token(Map.of("email", "stranger@example.org", "register", "false"))
        .ifPresent(run::unknownUserToken);
    token(Map.of("expires_in", "3600")).ifPresent(run::tokenWithoutEmail);
  }

  private Optional<String> token(Map<String, String> form) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    form.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&"))))
            .build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        return Optional.empty();
      }
      return JsonMapper.shared().readTree(response.body()).path("id_token").asStringOpt();
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
