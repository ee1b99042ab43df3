package io.github.idc4j.client.internal.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** Adapts an OkHttp client to what correctness needs, and nothing else. */
public final class HttpClients {

  private static final Pattern ZERO = Pattern.compile("0+");

  private HttpClients() {}

  /**
   * Returns a client that shares the connection pool, dispatcher and everything else of the given
   * one, but sends each request once and only to its own URL.
   *
   * @param connectTimeout empty for that of the given client
   */
  public static OkHttpClient adapt(OkHttpClient base, Optional<Duration> connectTimeout) {
    OkHttpClient.Builder builder =
        base.newBuilder()
            // Bounded by the timeouts of the attempt; the service takes 30 s before it responds
            // 202.
            .callTimeout(Duration.ZERO)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            // The retry policy decides.
            .retryOnConnectionFailure(false)
            // An ID token must not leave its origin.
            .followRedirects(false)
            .followSslRedirects(false);
    connectTimeout.ifPresent(builder::connectTimeout);
    // First, so that the user's own interceptors see the response as it came.
    builder.networkInterceptors().add(0, HttpClients::withoutRepeat);
    return builder.build();
  }

  /** OkHttp repeats any request, a POST too, after a 503 with {@code Retry-After: 0}. */
  private static Response withoutRepeat(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    return response.code() == 503 && ZERO.matcher(response.header("Retry-After", "")).matches()
        ? response.newBuilder().removeHeader("Retry-After").build()
        : response;
  }
}
