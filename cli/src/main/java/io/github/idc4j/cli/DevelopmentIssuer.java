package io.github.idc4j.cli;

import io.github.idc4j.conformance.run.ConformanceRunBuilder;
import io.github.idc4j.conformance.run.NetworkSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests ID tokens from the development issuer of a reference service. The service runs on a
 * loopback host, so the requests bypass any proxy.
 */
final class DevelopmentIssuer {

  /** Maximum time for each request, until the whole response has arrived. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  static final String FIRST_USER = "first.user@example.org";
  static final String SECOND_USER = "second.user@example.org";

  private final URI endpoint;
  private final Map<String, String> headers;
  private final HttpClient client;
  private final long begin = System.nanoTime();
  private Optional<Duration> maxTime = Optional.empty();

  private DevelopmentIssuer(URI endpoint, NetworkSettings network) {
    this.endpoint = endpoint;
    this.headers = network.headers();
    HttpClient.Builder builder = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY);
    network.sslContext().ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /**
   * Returns the development issuer of a service. Requests to the issuer use the headers and
   * certificates of {@code network}.
   */
  static DevelopmentIssuer of(URI service, NetworkSettings network) {
    return new DevelopmentIssuer(service.resolve("/dev/token"), network);
  }

  /**
   * Returns an ID token for a user.
   *
   * @throws UserException if no development issuer responds, or if it refuses the request
   */
  String token(String email) throws InterruptedException, UserException {
    HttpResponse<String> response =
        response(Map.of("email", email))
            .orElseThrow(
                () ->
                    new UserException(
                        1,
                        "no service responds at "
                            + endpoint.resolve("/")
                            + ". Start one with "
                            + Launcher.command("serve")
                            + ", or correct --port or --base-url. For"
                            + " a service with TLS, use --base-url and --cacert."));
    return token(response)
        .orElseThrow(
            () ->
                new UserException(
                    1,
                    "the response to the request for an ID token has the status "
                        + response.statusCode()
                        + text(response, "message").map(message -> ": " + message).orElse(".")));
  }

  /**
   * Requests ID tokens and adds them to a run. If the issuer does not respond, the run gets no ID
   * tokens. The time spent on these requests counts towards the maximum duration of the run.
   *
   * @param newMaxTime the maximum duration of the run; empty if the user did not set one
   */
  void addTokens(ConformanceRunBuilder run, Optional<Duration> newMaxTime)
      throws InterruptedException {
    maxTime = newMaxTime;
    Optional<String> first = token(Map.of("email", FIRST_USER));
    if (first.isPresent()) {
      run.token(first.get());
      token(Map.of("email", SECOND_USER)).ifPresent(run::secondToken);
      token(Map.of("email", FIRST_USER, "expires_in", "-60")).ifPresent(run::expiredToken);
      token(Map.of("email", "stranger@example.org", "register", "false"))
          .ifPresent(run::unknownUserToken);
      token(Map.of("expires_in", "3600")).ifPresent(run::tokenWithoutEmail);
    }
    run.elapsed(elapsed());
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Returns an ID token; empty if no development issuer responds with an ID token. */
  private Optional<String> token(Map<String, String> settings) throws InterruptedException {
    return response(settings).flatMap(DevelopmentIssuer::token);
  }

  private Optional<HttpResponse<String>> response(Map<String, String> settings)
      throws InterruptedException {
    Duration rest = maxTime.map(time -> time.minus(elapsed())).orElse(TIMEOUT);
    Duration time = rest.compareTo(TIMEOUT) < 0 ? rest : TIMEOUT;
    if (time.isZero() || time.isNegative()) {
      return Optional.empty();
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    JsonMapper.shared().writeValueAsString(settings)));
    headers.forEach(request::header);
    // HttpRequest.timeout() does not cover the response body, so get() below has the timeout.
    CompletableFuture<HttpResponse<String>> response =
        client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    try {
      return Optional.of(response.get(time.toNanos(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (TimeoutException e) {
      response.cancel(true);
      return Optional.empty();
    }
  }

  private static Optional<String> token(HttpResponse<String> response) {
    return response.statusCode() == 200 ? text(response, "id_token") : Optional.empty();
  }

  /** Returns a text in the JSON of a response; empty if it is absent. */
  private static Optional<String> text(HttpResponse<String> response, String name) {
    try {
      return JsonMapper.shared().readTree(response.body()).path(name).asStringOpt();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
