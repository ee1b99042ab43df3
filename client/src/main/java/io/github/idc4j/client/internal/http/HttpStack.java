package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.error.CredentialsException;
import io.github.idc4j.client.internal.net.BaseUrl;
import io.github.idc4j.client.internal.net.Secrets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests with credentials and headers. The requests run on threads of {@link #executor}.
 */
public final class HttpStack implements AutoCloseable {

  private static final AtomicInteger THREADS = new AtomicInteger();

  private final OkHttpClient http;
  private final boolean owned;
  private final BaseUrl baseUrl;
  private final Authorization authorization;
  private final Headers headers;
  private final ExecutorService executor = Executors.newCachedThreadPool(daemons());

  /**
   * Creates the stack. Sends no request.
   *
   * @param http client that {@link HttpClients} adapted
   * @param owned whether {@link #close} also closes the connections of the client
   * @param headers headers that are added to each request
   */
  public HttpStack(
      OkHttpClient http,
      boolean owned,
      BaseUrl baseUrl,
      Authorization authorization,
      Headers headers) {
    this.http = http;
    this.owned = owned;
    this.baseUrl = baseUrl;
    this.authorization = authorization;
    this.headers = headers;
  }

  /**
   * Returns a factory for daemon threads, because a client that is never closed must not keep the
   * JVM running.
   */
  private static ThreadFactory daemons() {
    return work -> {
      Thread thread = new Thread(work, "idc4j-" + THREADS.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Reads a response with status code 200 or 202. Reading is part of the attempt. */
  @FunctionalInterface
  public interface Reader<R> {
    /**
     * Returns the value of a response.
     *
     * @param secrets masks the secrets that must not appear in messages
     */
    R read(Response response, Secrets secrets) throws IOException;
  }

  ExecutorService executor() {
    return executor;
  }

  String host() {
    return baseUrl.url().host();
  }

  /** Returns the URL for a path relative to the base URL. */
  HttpUrl resolve(String path) {
    return baseUrl.url().newBuilder().addPathSegments(path).build();
  }

  /** Sends a request and reads its response. */
  <R> Outcome<R> exchange(
      String operation,
      CallSettings settings,
      Attempt attempt,
      Execution.Handle handle,
      Reader<R> reader)
      throws IOException {
    Request request = prepared(operation, attempt);
    Secrets secrets = secrets(request);
    try (Response response =
        LimitedSource.limit(
            handle.executing(http.newCall(request)).execute(),
            settings.maxResponseBytes(),
            attempt::read)) {
      attempt.received(response.code());
      return response.code() == 200 || response.code() == 202
          ? new Outcome<>(read(operation, settings, attempt, reader, response, secrets), null)
          : new Outcome<>(null, ErrorResponse.read(operation, response, secrets, settings.clock()));
    } catch (LimitedSource.TooLargeException e) {
      throw Failures.tooLarge(operation, settings.maxResponseBytes());
    } catch (IOException e) {
      throw secrets.mask(e);
    }
  }

  /**
   * Reads a response. Even a small body, such as one with many empty rows, may need so much memory
   * when it is decoded that the memory runs out.
   */
  private static <R> R read(
      String operation,
      CallSettings settings,
      Attempt attempt,
      Reader<R> reader,
      Response response,
      Secrets secrets)
      throws IOException {
    try {
      return reader.read(response, secrets);
    } catch (OutOfMemoryError e) {
      throw Failures.outOfMemory(operation, attempt.bytes(), settings.maxResponseBytes());
    }
  }

  /**
   * Sends a request and returns the response without reading its body.
   *
   * @param time maximum time for the whole response, including its body
   */
  Response open(String operation, Attempt attempt, Execution.Handle handle, Duration time)
      throws IOException {
    Request request = prepared(operation, attempt);
    Call call = http.newCall(request);
    call.timeout().timeout(Math.max(1, time.toNanos()), TimeUnit.NANOSECONDS);
    try {
      return handle.executing(call).execute();
    } catch (IOException e) {
      throw secrets(request).mask(e);
    }
  }

  private Request prepared(String operation, Attempt attempt) {
    try {
      Request.Builder request = authorization.authorize(attempt.request()).newBuilder();
      headers.forEach(header -> request.header(header.getFirst(), header.getSecond()));
      Request prepared = request.build();
      attempt.sending(prepared);
      return prepared;
    } catch (CredentialsException e) {
      throw Failures.credentials(operation, e);
    }
  }

  /** Renews the ID token of a refused request. Returns whether there is a new token. */
  boolean renewToken(String operation, Request refused) {
    try {
      return authorization.renew(refused);
    } catch (CredentialsException e) {
      throw Failures.credentials(operation, e);
    }
  }

  private Secrets secrets(Request request) {
    List<@Nullable String> secrets = new ArrayList<>();
    secrets.add(Authorization.token(request));
    secrets.add(Secrets.pageToken(request.url()));
    headers.forEach(
        header -> {
          if (!header.getFirst().equalsIgnoreCase("User-Agent")) {
            secrets.add(header.getSecond());
          }
        });
    return Secrets.of(secrets);
  }

  @Override
  public void close() {
    executor.shutdown();
    if (owned) {
      http.connectionPool().evictAll();
    }
  }
}
