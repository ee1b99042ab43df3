package io.github.idc4j.conformance.http;

import static io.restassured.config.EncoderConfig.encoderConfig;
import static io.restassured.config.HttpClientConfig.httpClientConfig;
import static io.restassured.config.RedirectConfig.redirectConfig;
import static io.restassured.config.RestAssuredConfig.config;

import io.restassured.RestAssured;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Sends requests to the service under test, one after the other, and holds each answer against the
 * spec. Not safe for use by several threads.
 */
public final class Api {

  private static final int TIMEOUT_MILLIS = 120_000;

  private final Map<Bearer, String> tokens;
  private final Spec spec = new Spec();
  private final Map<String, String> origins = new HashMap<>();
  private final Set<String> operations = new TreeSet<>();
  private final RestAssuredConfig config =
      config()
          .encoderConfig(encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false))
          .redirect(redirectConfig().followRedirects(false))
          .httpClient(
              httpClientConfig()
                  .reuseHttpClientInstance()
                  .setParam("http.connection.timeout", TIMEOUT_MILLIS)
                  .setParam("http.socket.timeout", TIMEOUT_MILLIS));
  private Optional<Exchange> last = Optional.empty();
  private int requests;

  /** Sends nothing yet. */
  public Api(Map<Bearer, String> tokens) {
    this.tokens = new HashMap<>(tokens);
    this.tokens.put(Bearer.GARBLED, Bearer.GARBLED.shown());
  }

  /** Returns whether there is a token of that user. */
  public boolean has(Bearer bearer) {
    return tokens.containsKey(bearer);
  }

  /**
   * Sends a request.
   *
   * @throws SpecViolation if the spec does not allow the answer
   */
  public Exchange send(URI baseUrl, Call call) {
    Exchange exchange = sendUnjudged(baseUrl, call);
    spec.judge(exchange);
    spec.operation(call).filter(operation -> exchange.status() == 200).ifPresent(operations::add);
    return exchange;
  }

  /** Sends a request whose answer the spec says nothing of. */
  public Exchange sendUnjudged(URI baseUrl, Call call) {
    RequestSpecification request =
        RestAssured.given().config(config).urlEncodingEnabled(false).header("Accept", "*/*");
    if (call.bearer() != Bearer.NONE) {
      request.header("Authorization", "Bearer " + tokens.get(call.bearer()));
    }
    if (call.contentType() != null) {
      request.contentType(call.contentType());
    }
    if (call.body() != null) {
      request.body(call.body());
    }
    requests++;
    Response response = request.request(call.method(), URI.create(baseUrl + call.target()));
    Map<String, String> headers = new LinkedHashMap<>();
    response.headers().forEach(header -> headers.put(header.getName(), header.getValue()));
    Exchange exchange =
        new Exchange(
            baseUrl, call, origin(call), response.statusCode(), headers, response.asByteArray());
    remember(exchange);
    return exchange;
  }

  private Optional<String> origin(Call call) {
    return origins.entrySet().stream()
        .filter(entry -> call.target().contains("next_page=" + entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private void remember(Exchange exchange) {
    last = Optional.of(exchange);
    if (exchange.status() == 200 || exchange.status() == 202) {
      JsonNode body = exchange.json();
      String token =
          body.path("next_page").asString(body.path("query_info").path("next_page").asString(""));
      if (!token.isEmpty()) {
        origins.put(Call.get("").with("t", token).target().substring(3), exchange.curl());
      }
    }
  }

  /** Forgets the exchanges so far, before a check begins. */
  public void begin() {
    last = Optional.empty();
    origins.clear();
  }

  /** Returns the last exchange since {@link #begin}. */
  public Optional<Exchange> last() {
    return last;
  }

  /** Returns the number of requests sent. */
  public int requests() {
    return requests;
  }

  /** Returns the operations that answered 200 so far. */
  public Set<String> coveredOperations() {
    return operations;
  }

  /** Returns all operations of the spec. */
  public Set<String> allOperations() {
    return spec.operations();
  }

  /** Replaces every ID token in a text. */
  public String redacted(String text) {
    String clean = text;
    for (Map.Entry<Bearer, String> token : tokens.entrySet()) {
      if (token.getKey() != Bearer.GARBLED) {
        clean = clean.replace(token.getValue(), token.getKey().shown());
      }
    }
    return clean;
  }
}
