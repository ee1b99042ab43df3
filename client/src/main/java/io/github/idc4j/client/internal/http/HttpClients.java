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

  private static final String RETRY_AFTER = "Retry-After";
  private static final Pattern ZERO = Pattern.compile("0+");

  /** More seconds than OkHttp can count. */
  private static final Pattern TOO_MANY = Pattern.compile("[0-9]{10,}");

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

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
    connectTimeout.ifPresent(time -> builder.connectTimeout(bounded(time)));
    // First, so that the user's own interceptors see the response as it came.
    builder.networkInterceptors().add(0, HttpClients::withoutRepeat);
    return builder.build();
  }

  /** Returns a time that OkHttp accepts. */
  private static Duration bounded(Duration time) {
    if (time.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return time.compareTo(LONGEST) < 0 ? time : LONGEST;
  }

  /**
   * OkHttp repeats any request, a POST too, after a 503 with {@code Retry-After: 0}, and fails with
   * a {@link NumberFormatException} if the number is too large for it.
   */
  private static Response withoutRepeat(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String retryAfter = response.header(RETRY_AFTER, "");
    if (response.code() == 503 && ZERO.matcher(retryAfter).matches()) {
      return response.newBuilder().removeHeader(RETRY_AFTER).build();
    }
    return response.code() == 503 && TOO_MANY.matcher(retryAfter).matches()
        ? response.newBuilder().header(RETRY_AFTER, String.valueOf(Integer.MAX_VALUE)).build()
        : response;
  }
}
