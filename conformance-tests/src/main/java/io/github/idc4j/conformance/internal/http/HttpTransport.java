package io.github.idc4j.conformance.internal.http;

import static io.restassured.config.EncoderConfig.encoderConfig;
import static io.restassured.config.HttpClientConfig.httpClientConfig;
import static io.restassured.config.RedirectConfig.redirectConfig;
import static io.restassured.config.RestAssuredConfig.config;

import io.restassured.RestAssured;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.http.client.HttpClient;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.impl.client.DefaultHttpRequestRetryHandler;

/** Sends one request at a time, and reads the whole response within a time limit. */
final class HttpTransport {

  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "idc4j watch");
            thread.setDaemon(true);
            return thread;
          });

  private static final String CONTENT_TYPE = "Content-Type";
  private static final String ANY = "*/*";

  private final Redaction redaction;
  private HttpClient client;
  private RestAssuredConfig config;

  HttpTransport(Redaction redaction) {
    this.redaction = redaction;
    connect();
  }

  private void connect() {
    client = client();
    config =
        config()
            .encoderConfig(
                encoderConfig()
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                    .encodeContentTypeAs(ANY, ContentType.TEXT))
            .redirect(redirectConfig().followRedirects(false))
            .httpClient(
                httpClientConfig().httpClientFactory(() -> client).reuseHttpClientInstance());
  }

  /** A client that repeats no request by itself: a repeated DELETE has another answer. */
  @SuppressWarnings("deprecation") // REST Assured takes no other
  private static HttpClient client() {
    DefaultHttpClient client = new DefaultHttpClient();
    client.setHttpRequestRetryHandler(new DefaultHttpRequestRetryHandler(0, false));
    client.addRequestInterceptor(
        (request, context) -> {
          if (request.containsHeader(CONTENT_TYPE)
              && request.getFirstHeader(CONTENT_TYPE).getValue().equals(ANY)) {
            request.removeHeaders(CONTENT_TYPE);
          }
        });
    client.addResponseInterceptor(
        (response, context) -> {
          if (response.getEntity() != null && response.getEntity().getContentLength() == 0) {
            // REST Assured does not read it, and the connection would never be free again.
            response.setEntity(null);
          }
        });
    return client;
  }

  /**
   * Sends a request.
   *
   * @param token ID token; null for none
   * @param time from now to the last byte of the answer
   * @throws InterruptedIOException if the answer was not there in time
   */
  Exchange send(URI baseUrl, ApiRequest request, String token, Duration time) throws IOException {
    // The client's own limits are for each read: a service that drips would never meet them.
    HttpClient used = client;
    AtomicBoolean late = new AtomicBoolean();
    Runnable hangUp =
        () -> {
          late.set(true);
          hangUp(used);
        };
    ScheduledFuture<?> end = WATCH.schedule(hangUp, time.toNanos(), TimeUnit.NANOSECONDS);
    try {
      return send(baseUrl, request, token);
    } catch (Exception e) {
      if (late.get()) {
        IOException timeout = new InterruptedIOException();
        timeout.initCause(e);
        throw timeout;
      }
      throw e;
    } finally {
      if (!end.cancel(false)) {
        connect();
      }
    }
  }

  @SuppressWarnings("deprecation") // as the client is
  private static void hangUp(HttpClient client) {
    client.getConnectionManager().shutdown();
  }

  private Exchange send(URI baseUrl, ApiRequest request, String token) {
    RequestSpecification specification =
        RestAssured.given().config(config).urlEncodingEnabled(false).header("Accept", ANY);
    if (token != null) {
      specification.header("Authorization", "Bearer " + token);
    }
    if (request.contentType() != null) {
      specification.contentType(request.contentType());
    } else if (request.body() != null) {
      // Without this, REST Assured declares the body to be plain text.
      specification.noContentType();
    }
    if (request.body() != null) {
      specification.body(request.body());
    }
    Response response =
        specification.request(request.method(), URI.create(baseUrl + request.target()));
    Map<String, String> headers = new LinkedHashMap<>();
    response.headers().forEach(header -> headers.put(header.getName(), header.getValue()));
    return new Exchange(request, redaction, response.statusCode(), headers, response.asByteArray());
  }
}
