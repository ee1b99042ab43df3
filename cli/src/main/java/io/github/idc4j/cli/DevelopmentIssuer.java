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

  static DevelopmentIssuer of(URI service) {
    return of(service, NetworkSettings.builder().build());
  }

  /**
   * Returns the development issuer of a service. Requests to the issuer use the headers and
   * certificates of {@code network}.
   */
  static DevelopmentIssuer of(URI service, NetworkSettings network) {
    return new DevelopmentIssuer(service.resolve("/dev/token"), network);
  }

  /** Returns an ID token for the user; empty if no development issuer responds with an ID token. */
  Optional<String> token(String email) throws InterruptedException {
    return token(Map.of("email", email));
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
    Optional<String> first = token(FIRST_USER);
    if (first.isPresent()) {
      run.token(first.get());
      token(SECOND_USER).ifPresent(run::secondToken);
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

  private Optional<String> token(Map<String, String> settings) throws InterruptedException {
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
      return token(response.get(time.toNanos(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException | JacksonException e) {
      return Optional.empty();
    } catch (TimeoutException e) {
      response.cancel(true);
      return Optional.empty();
    }
  }

  private static Optional<String> token(HttpResponse<String> response) {
    return response.statusCode() == 200
        ? JsonMapper.shared().readTree(response.body()).path("id_token").asStringOpt()
        : Optional.empty();
  }
}
