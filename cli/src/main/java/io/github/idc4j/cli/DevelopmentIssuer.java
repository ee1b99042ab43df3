package io.github.idc4j.cli;

import io.github.idc4j.conformance.http.Bearer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
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

  /** What is asked for each token; see the issuer of the reference service. */
  private static final Map<Bearer, Map<String, String>> FORMS =
      Map.of(
          Bearer.FIRST, Map.of("email", FIRST_USER),
          Bearer.SECOND, Map.of("email", SECOND_USER),
          Bearer.EXPIRED, Map.of("email", FIRST_USER, "expires_in", "-60"),
          Bearer.STRANGER, Map.of("email", "stranger@example.org", "register", "false"),
          Bearer.NAMELESS, Map.of("expires_in", "3600"));

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

  /** Returns the tokens that a check can use; none where no such issuer answers. */
  Map<Bearer, String> tokens() throws InterruptedException {
    Map<Bearer, String> tokens = new EnumMap<>(Bearer.class);
    for (Map.Entry<Bearer, Map<String, String>> form : FORMS.entrySet()) {
      Optional<String> token = token(form.getValue());
      if (token.isEmpty()) {
        return Map.of();
      }
      tokens.put(form.getKey(), token.get());
    }
    return tokens;
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
