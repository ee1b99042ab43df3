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

/** Sends one request at a time, and reads the whole response within a time limit. */
final class HttpTransport {

  /** Larger than the pages that the checks request, and small enough for a small heap. */
  private static final int MAX_BYTES = 64 << 20;

  /** How long a write request may continue after the run was stopped. */
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

  @SuppressWarnings("deprecation") // REST Assured takes no other client.
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
   * @param time to the last byte of the response, the resolution of the host included
   * @throws InterruptedIOException without a complete response in time
   * @throws ResponseTooLarge if the response is too large to read
   */
  Exchange send(URI baseUrl, ApiRequest request, String token, Duration time) throws IOException {
    // The client's own timeouts restart with each read, and do not apply to the host's resolution.
    CountDownLatch begin = new CountDownLatch(1);
    sending = begin;
    Future<Exchange> response = THREADS.submit(() -> send(baseUrl, request, token, begin));
    try {
      // The first request loads REST Assured before it is sent, which is not the service's time.
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
   * Gives the service a moment to complete a write request. Otherwise it may save a cohort after
   * the run has deleted its cohorts.
   */
  private static void awaitEnd(Future<Exchange> response) {
    try {
      response.get(WRITE_GRACE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      // The run ends in any case; a later run deletes what is left.
    }
  }

  /** Closes all connections, which ends the request. */
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
    return new Exchange(
        request, redaction, response.statusCode(), headers, body(request, response));
  }

  private byte[] body(ApiRequest request, Response response) throws IOException {
    try (InputStream in = response.asInputStream()) {
      byte[] body = in.readNBytes(MAX_BYTES + 1);
      if (body.length > MAX_BYTES) {
        // Instead of reading the rest.
        HttpClientFactory.close(client);
        connect();
        throw new ResponseTooLarge(request, MAX_BYTES >> 20);
      }
      return body;
    }
  }
}
