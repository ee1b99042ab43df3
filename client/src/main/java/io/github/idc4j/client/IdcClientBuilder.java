package io.github.idc4j.client;

import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.http.AttemptEvent;
import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.http.Sleeper;
import io.github.idc4j.client.internal.http.Authorization;
import io.github.idc4j.client.internal.http.CallSettings;
import io.github.idc4j.client.internal.http.HttpClients;
import io.github.idc4j.client.internal.http.HttpStack;
import io.github.idc4j.client.internal.http.Json;
import io.github.idc4j.client.internal.http.MonotonicClock;
import io.github.idc4j.client.internal.http.Transport;
import io.github.idc4j.client.internal.net.BaseUrl;
import io.github.idc4j.client.internal.net.Checks;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.ConnectionSpec;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/**
 * Builds an {@link IdcClient}. Sends no request. Not safe for use by several threads; changes after
 * {@link #build} do not affect the client.
 *
 * <pre>{@code
 * IdcClient client =
 *     IdcClient.builder()
 *         .baseUrl("http://127.0.0.1:8080/v1")
 *         .pageSize(5000)
 *         .totalTimeout(Duration.ofMinutes(30))
 *         .build();
 * }</pre>
 */
public final class IdcClientBuilder {

  private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LONGEST_SLEEP = Duration.ofDays(365);

  private static final Set<String> RESERVED_HEADERS =
      Set.of("authorization", "content-type", "content-length", "transfer-encoding", "host");

  /** A token in RFC 9110, section 5.6.2; OkHttp would accept a colon. */
  private static final Pattern HEADER_NAME = Pattern.compile("[\\w!#$%&'*+.^`|~-]+");

  private String baseUrl = "https://api.imaging.datacommons.cancer.gov/v1";
  private Optional<Credentials> credentials = Optional.empty();
  private Set<String> plainHttpHosts = Set.of();
  private Optional<OkHttpClient> httpClient = Optional.empty();
  private Headers headers = Headers.of("User-Agent", "idc4j");
  private Optional<Duration> connectTimeout = Optional.empty();
  private Duration attemptTimeout = Duration.ofSeconds(90);
  private Duration totalTimeout = Duration.ofMinutes(10);
  private Duration walkTimeout = Duration.ofSeconds(Long.MAX_VALUE);
  private int maxAttempts = Integer.MAX_VALUE;
  private RetryPolicy retryPolicy = RetryPolicy.defaults();
  private long maxResponseBytes = Runtime.getRuntime().maxMemory() / 2;
  private int pageSize = 1000;
  private Consumer<AttemptEvent> attemptListener = event -> {};
  private @Nullable Clock clock;
  private Sleeper sleeper = IdcClientBuilder::sleep;

  IdcClientBuilder() {}

  IdcClientBuilder copy() {
    IdcClientBuilder copy = new IdcClientBuilder();
    copy.baseUrl = baseUrl;
    copy.credentials = credentials;
    copy.plainHttpHosts = plainHttpHosts;
    copy.httpClient = httpClient;
    copy.headers = headers;
    copy.connectTimeout = connectTimeout;
    copy.attemptTimeout = attemptTimeout;
    copy.totalTimeout = totalTimeout;
    copy.walkTimeout = walkTimeout;
    copy.maxAttempts = maxAttempts;
    copy.retryPolicy = retryPolicy;
    copy.maxResponseBytes = maxResponseBytes;
    copy.pageSize = pageSize;
    copy.attemptListener = attemptListener;
    copy.clock = clock;
    copy.sleeper = sleeper;
    return copy;
  }

  /**
   * Sets the base URL of the service. Defaults to that of the public service, which is retired;
   * {@code ./idc4j serve} runs a service on your computer.
   *
   * @param newBaseUrl such as {@code http://127.0.0.1:8080/v1}, with or without a final slash
   */
  public IdcClientBuilder baseUrl(String newBaseUrl) {
    baseUrl = Objects.requireNonNull(newBaseUrl);
    return this;
  }

  /** Sets the user that the client acts for. Defaults to none: requests are unauthenticated. */
  public IdcClientBuilder credentials(Credentials newCredentials) {
    credentials = Optional.of(newCredentials);
    return this;
  }

  /**
   * Allows ID tokens to be sent over plain http to these hosts, for example to a service in the
   * same container network. Defaults to none; loopback hosts are always allowed. Replaces earlier
   * hosts.
   *
   * @param hosts host names or IP addresses, without a port
   */
  public IdcClientBuilder allowPlainHttp(String... hosts) {
    plainHttpHosts =
        Arrays.stream(hosts)
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    return this;
  }

  /**
   * Sets the OkHttp client to send requests with: its proxy and proxy authenticator, certificates,
   * DNS, interceptors, event listener, cache and connection pool apply. Defaults to a new one.
   *
   * <p>The {@code IdcClient} uses a copy of your OkHttp client with a few necessary changes. The
   * copy sends each request once ({@code retryOnConnectionFailure} is off) and follows no
   * redirects; {@code attemptTimeout} replaces the call, read and write timeouts. Your client is
   * never closed. Renewals of ID tokens use its proxy, certificates and DNS, but not its
   * interceptors.
   *
   * <pre>{@code
   * OkHttpClient http =
   *     new OkHttpClient.Builder()
   *         .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("proxy.example.org", 3128)))
   *         .build();
   * IdcClient client = IdcClient.builder().baseUrl(url).httpClient(http).build();
   * }</pre>
   */
  public IdcClientBuilder httpClient(OkHttpClient newHttpClient) {
    httpClient = Optional.of(newHttpClient);
    return this;
  }

  /**
   * Adds a header to each request to the service, such as an API key. Its value is masked in
   * messages. A header with the same name is replaced.
   *
   * @throws IllegalArgumentException if it is not a valid header, or is one that the client sets:
   *     {@code Authorization}, {@code Content-Type}, {@code Content-Length}, {@code
   *     Transfer-Encoding} or {@code Host}
   */
  public IdcClientBuilder header(String name, String value) {
    if (RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "The header " + name + " is set by the client. For an ID token, call credentials().");
    }
    if (!HEADER_NAME.matcher(name).matches()) {
      throw invalidHeader(name);
    }
    headers = headers.newBuilder().set(name, checked(name, value)).build();
    return this;
  }

  /** OkHttp would quote the value. */
  private static String checked(String name, String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f))) {
      throw invalidHeader(name);
    }
    return text;
  }

  private static IllegalArgumentException invalidHeader(String name) {
    return new IllegalArgumentException(
        "The header '"
            + name.replaceAll("[^!-~]", "?")
            + "' must have a name of letters, digits and hyphens, and a value of printable ASCII"
            + " characters.");
  }

  /**
   * Sets the {@code User-Agent} header, such as {@code my-tool/1.2}. Defaults to {@code idc4j}.
   *
   * @throws IllegalArgumentException if it is not a valid header value
   */
  public IdcClientBuilder userAgent(String userAgent) {
    return header("User-Agent", userAgent);
  }

  /**
   * Sets the time to establish a connection. Defaults to 10 s, or to that of the {@code httpClient}
   * if you set one.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public IdcClientBuilder connectTimeout(Duration newConnectTimeout) {
    connectTimeout = Optional.of(Checks.positive("connectTimeout", newConnectTimeout));
    return this;
  }

  /**
   * Sets the time for one attempt: DNS, connection, a renewal of the ID token, request, and the
   * whole response. Defaults to 90 s; the service takes about 30 s before it responds that a query
   * is pending (202). An attempt that takes longer is canceled and retried as the retry policy
   * says.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public IdcClientBuilder attemptTimeout(Duration newAttemptTimeout) {
    attemptTimeout = Checks.positive("attemptTimeout", newAttemptTimeout);
    return this;
  }

  /**
   * Sets the time for one operation, or for one page of a walk, including all attempts, polls and
   * waits. Defaults to 10 min. When it is over, {@link
   * io.github.idc4j.client.error.IdcTimeoutException} is thrown, even in the middle of a response.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public IdcClientBuilder totalTimeout(Duration newTotalTimeout) {
    totalTimeout = Checks.positive("totalTimeout", newTotalTimeout);
    return this;
  }

  /**
   * Sets the time limit for a walk, which is one pass over all pages of a result. It starts when
   * {@code iterator()} is called and includes your own time between pages. Defaults to no limit.
   * When the limit is reached, the request in progress, or otherwise the next one, fails with
   * {@link io.github.idc4j.client.error.IdcTimeoutException}. Rows that were already fetched are
   * still delivered.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public IdcClientBuilder walkTimeout(Duration newWalkTimeout) {
    walkTimeout = Checks.positive("walkTimeout", newWalkTimeout);
    return this;
  }

  /**
   * Sets the maximum number of requests for one operation, or for one page of a walk, including
   * polls. Unlimited by default; the timeouts still apply.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public IdcClientBuilder maxAttempts(int newMaxAttempts) {
    maxAttempts = Checks.positive("maxAttempts", newMaxAttempts);
    return this;
  }

  /** Sets when failed requests are retried. Defaults to {@link RetryPolicy#defaults()}. */
  public IdcClientBuilder retryPolicy(RetryPolicy newRetryPolicy) {
    retryPolicy = Objects.requireNonNull(newRetryPolicy);
    return this;
  }

  /**
   * Sets the maximum size of a response body in bytes, after decompression. Defaults to half of the
   * JVM's maximum heap: a larger response might not fit. A larger one fails with {@link
   * io.github.idc4j.client.error.ResponseTooLargeException}. A row of a manifest with all columns
   * has about 700 bytes, one of {@code dicomMetadata} about 2,500.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public IdcClientBuilder maxResponseBytes(long newMaxResponseBytes) {
    maxResponseBytes = Checks.positive("maxResponseBytes", newMaxResponseBytes);
    return this;
  }

  /**
   * Sets the maximum number of rows of a page. Defaults to 1,000. The service allows any size, but
   * may return fewer.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public IdcClientBuilder pageSize(int newPageSize) {
    pageSize = Checks.positive("pageSize", newPageSize);
    return this;
  }

  /**
   * Sets a listener that is called after each attempt, for metrics and traces. It runs on the
   * thread that waits for the response: yours, or one of the client for futures, publishers and
   * prefetch. It should return quickly. Exceptions that it throws are logged and ignored. It is
   * also called for requests that the client makes itself: after a 404 or 405 without JSON, it
   * requests {@code /about} once to find out whether the service is retired. Replaces the listener
   * that was set before.
   */
  public IdcClientBuilder onAttempt(Consumer<AttemptEvent> listener) {
    attemptListener = Objects.requireNonNull(listener);
    return this;
  }

  /**
   * Sets the clock and the sleeper, for tests. The test JAR of this artifact ({@code
   * <type>test-jar</type>}) has {@code FakeTime}, which does not wait. Defaults to the system clock
   * and real waits.
   */
  public IdcClientBuilder time(Clock newClock, Sleeper newSleeper) {
    clock = Objects.requireNonNull(newClock);
    sleeper = Objects.requireNonNull(newSleeper);
    return this;
  }

  /**
   * Returns a client with these settings. Sends no request.
   *
   * @throws IllegalArgumentException if the base URL is invalid, or an ID token would be sent over
   *     plain http to a host that is not allowed
   */
  public IdcClient build() {
    BaseUrl url = BaseUrl.parse(baseUrl);
    if (credentials.isPresent()
        && !BaseUrl.isSecure(url.url())
        && !plainHttpHosts.contains(url.url().host())) {
      throw new IllegalArgumentException(
          "ID tokens are not sent over plain http to "
              + url.url().host()
              + ". Use an https base URL, or call allowPlainHttp(\""
              + url.url().host()
              + "\") if you trust the network.");
    }
    OkHttpClient base = httpClient.orElseGet(() -> newHttpClient(url));
    OkHttpClient http = HttpClients.adapt(base, connectTimeout);
    Authorization authorization =
        new Authorization(url, credentials.map(user -> user.withHttpClient(base)));
    HttpStack stack = new HttpStack(http, httpClient.isEmpty(), url, authorization, headers);
    Retrofit retrofit =
        new Retrofit.Builder()
            .baseUrl(url.url())
            .client(http)
            .addConverterFactory(MoshiConverterFactory.create(Json.moshi()))
            .build();
    return new IdcClient(
        copy(), new Transport(stack, settings(), attemptListener), retrofit, pageSize);
  }

  private OkHttpClient newHttpClient(BaseUrl url) {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder().connectTimeout(DEFAULT_CONNECT_TIMEOUT);
    if (!url.url().isHttps() && credentials.isEmpty()) {
      // Loading certificates that are not needed takes a noticeable part of a short program's time.
      builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
    }
    return builder.build();
  }

  private CallSettings settings() {
    return new CallSettings(
        attemptTimeout,
        totalTimeout,
        walkTimeout,
        maxAttempts,
        retryPolicy,
        maxResponseBytes,
        clock == null ? new MonotonicClock() : clock,
        sleeper);
  }

  private static CompletableFuture<?> sleep(Duration time) {
    Duration bounded = time.compareTo(LONGEST_SLEEP) < 0 ? time : LONGEST_SLEEP;
    return new CompletableFuture<>()
        .completeOnTimeout(true, bounded.toNanos(), TimeUnit.NANOSECONDS);
  }
}
