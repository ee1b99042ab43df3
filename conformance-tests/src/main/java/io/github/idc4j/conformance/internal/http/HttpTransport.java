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
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.http.client.HttpClient;
import org.apache.http.impl.client.DefaultHttpClient;

/** Sends one request at a time, and reads the complete response within a time limit. */
final class HttpTransport {

  /**
   * Maximum size of a response body. It is larger than the pages that the checks request, and small
   * enough for a small heap.
   */
  private static final int MAX_BYTES = 64 << 20;

  /** Maximum time for which a request that writes data may continue after the run was stopped. */
  private static final Duration WRITE_GRACE = Duration.ofSeconds(1);

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "idc4j request");
            thread.setDaemon(true);
            return thread;
          });

  private static final String CONTENT_TYPE = "Content-Type";
  private static final String ANY = "*/*";

  private final Redaction redaction;
  private final Network network;
  private final HttpClientFactory clients;
  private volatile CountDownLatch sending = new CountDownLatch(1);
  private volatile HttpClient client;
  private volatile RestAssuredConfig config;

  HttpTransport(Redaction redaction, Network network) {
    this.redaction = redaction;
    this.network = network;
    this.clients = new HttpClientFactory(network, () -> sending.countDown());
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

  @SuppressWarnings("deprecation") // REST Assured accepts no other client.
  private HttpClient client() {
    DefaultHttpClient client = clients.create();
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
            // REST Assured does not read an empty body, so the connection would never become free.
            response.setEntity(null);
          }
        });
    return client;
  }

  /**
   * Sends a request.
   *
   * @param token ID token; null for none
   * @param time maximum time until the last byte of the response, including the resolution of the
   *     host
   * @throws InterruptedIOException if there is no complete response in time
   * @throws ResponseTooLarge if the response is too large to read
   */
  Exchange send(URI baseUrl, ApiRequest request, String token, Duration time) throws IOException {
    // The timeouts of the HTTP client restart with each read and do not cover the host resolution.
    CountDownLatch begin = new CountDownLatch(1);
    sending = begin;
    Future<Exchange> response = THREADS.submit(() -> send(baseUrl, request, token, begin));
    try {
      // The first request loads REST Assured. That time does not count as time of the service.
      begin.await();
      return response.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw interrupted(e);
    } catch (InterruptedException e) {
      if (!request.isReading()) {
        awaitEnd(response);
      }
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw network.explained(baseUrl, failure);
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Gives the service a moment to complete a request that writes data. Otherwise, the service might
   * save a cohort after the run has deleted its cohorts.
   */
  private static void awaitEnd(Future<Exchange> response) {
    try {
      response.get(WRITE_GRACE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      // The run ends in any case. A later run deletes remaining cohorts.
    }
  }

  /**
   * Closes all connections, so that the request in progress ends. Returns the exception to throw.
   */
  private IOException interrupted(Exception cause) {
    HttpClientFactory.close(client);
    connect();
    IOException interrupted = new InterruptedIOException();
    interrupted.initCause(cause);
    return interrupted;
  }

  private Exchange send(URI baseUrl, ApiRequest request, String token, CountDownLatch begin)
      throws IOException {
    try {
      return exchange(baseUrl, request, token);
    } finally {
      begin.countDown();
    }
  }

  private Exchange exchange(URI baseUrl, ApiRequest request, String token) throws IOException {
    RequestSpecification specification =
        RestAssured.given().config(config).urlEncodingEnabled(false).header("Accept", ANY);
    network.headers().forEach(specification::header);
    if (token != null) {
      specification.header("Authorization", "Bearer " + token);
    }
    if (request.contentType() != null) {
      specification.contentType(request.contentType());
    } else if (request.body() != null) {
      // Without this call, REST Assured would declare the body to be plain text.
      specification.noContentType();
    }
    if (request.body() != null) {
      specification.body(request.body());
    }
    Response response =
        specification.request(request.method(), URI.create(baseUrl + request.target()));
    Map<String, String> headers = new LinkedHashMap<>();
    response.headers().forEach(header -> headers.put(header.getName(), header.getValue()));
    return new Exchange(
        request, redaction, response.statusCode(), headers, body(request, response));
  }

  private byte[] body(ApiRequest request, Response response) throws IOException {
    try (InputStream in = response.asInputStream()) {
      byte[] body = in.readNBytes(MAX_BYTES + 1);
      if (body.length > MAX_BYTES) {
        // Close the connection instead of reading the rest of the body.
        HttpClientFactory.close(client);
        connect();
        throw new ResponseTooLarge(request, MAX_BYTES >> 20);
      }
      return body;
    }
  }
}
