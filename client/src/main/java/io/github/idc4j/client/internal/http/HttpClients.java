package io.github.idc4j.client.internal.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * Adapts an OkHttp client to this library. Changes only what the library needs to work correctly.
 */
public final class HttpClients {

  private static final String RETRY_AFTER = "Retry-After";
  private static final Pattern ZERO = Pattern.compile("0+");

  /** Numbers of seconds that may be too large for OkHttp, which parses them as an {@code int}. */
  private static final Pattern TOO_MANY = Pattern.compile("[0-9]{10,}");

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

  private HttpClients() {}

  /**
   * Returns a client that sends each request only once and does not follow redirects. The client
   * shares the connection pool, the dispatcher and all other settings with the given client.
   *
   * @param connectTimeout empty to keep the connect timeout of the given client
   */
  public static OkHttpClient adapt(OkHttpClient base, Optional<Duration> connectTimeout) {
    OkHttpClient.Builder builder =
        base.newBuilder()
            // The attempt has its own timeouts. The service takes 30 s before it responds with 202.
            .callTimeout(Duration.ZERO)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            // The retry policy decides about retries.
            .retryOnConnectionFailure(false)
            // An ID token must be sent only to its own origin.
            .followRedirects(false)
            .followSslRedirects(false);
    connectTimeout.ifPresent(time -> builder.connectTimeout(bounded(time)));
    // At index 0, so that the user's network interceptors see the original response.
    builder.networkInterceptors().add(0, HttpClients::withoutRepeat);
    return builder.build();
  }

  /** Returns the nearest time that OkHttp accepts. */
  private static Duration bounded(Duration time) {
    if (time.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return time.compareTo(LONGEST) < 0 ? time : LONGEST;
  }

  /**
   * Changes {@code Retry-After} headers that OkHttp handles badly. After a 503 with {@code
   * Retry-After: 0}, OkHttp repeats any request, even a POST. If the number in the header is too
   * large, OkHttp throws a {@link NumberFormatException}.
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
