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
 * Builds an {@link IdcClient}. Sends no request. Not safe for use by several threads. Changes to
 * the builder after {@link #build} do not affect the client.
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

  /**
   * The syntax of a header name: a {@code token} as defined in RFC 9110, section 5.6.2. OkHttp
   * would also accept a colon.
   */
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
   * Sets the base URL of the service. Defaults to the base URL of the public service, which is
   * retired. {@code ./idc4j serve} runs a service on your computer.
   *
   * @param newBaseUrl such as {@code http://127.0.0.1:8080/v1}, with or without a final slash
   */
  public IdcClientBuilder baseUrl(String newBaseUrl) {
    baseUrl = Objects.requireNonNull(newBaseUrl);
    return this;
  }

  /**
   * Sets the credentials of the user that the client acts for. By default, there are no
   * credentials, and requests are unauthenticated.
   */
  public IdcClientBuilder credentials(Credentials newCredentials) {
    credentials = Optional.of(newCredentials);
    return this;
  }

  /**
   * Allows the client to send ID tokens over plain http to these hosts, for example to a service in
   * the same container network. Replaces the hosts that were set before. Loopback hosts are always
   * allowed. By default, no other hosts are allowed.
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
   * Sets the OkHttp client that sends the requests. Its proxy, proxy authenticator, certificates,
   * DNS, interceptors, event listener, cache and connection pool are used. By default, the builder
   * creates a new OkHttp client.
   *
   * <p>The {@code IdcClient} uses a copy of your OkHttp client with a few necessary changes. The
   * copy sends each request only once ({@code retryOnConnectionFailure} is off) and does not follow
   * redirects. {@code attemptTimeout} replaces the call, read and write timeouts. Your OkHttp
   * client is never closed.
   *
   * <p>Requests that renew an ID token also use the proxy, certificates and DNS of your OkHttp
   * client, but not its interceptors.
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
   * Adds a header, such as an API key, to each request to the service. If a header with this name
   * was set before, it is replaced. The value is masked in messages.
   *
   * @throws IllegalArgumentException if the name or value is invalid, or if the client sets this
   *     header itself: {@code Authorization}, {@code Content-Type}, {@code Content-Length}, {@code
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

  /**
   * Validates a header value. Without this check, an exception from OkHttp would contain the value.
   */
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
   * @throws IllegalArgumentException if the argument is not a valid header value
   */
  public IdcClientBuilder userAgent(String userAgent) {
    return header("User-Agent", userAgent);
  }

  /**
   * Sets the maximum time to establish a connection. Defaults to 10 s, or to the connect timeout of
   * the {@code httpClient} if you set one.
   *
   * @throws IllegalArgumentException if the time is not positive
   */
  public IdcClientBuilder connectTimeout(Duration newConnectTimeout) {
    connectTimeout = Optional.of(Checks.positive("connectTimeout", newConnectTimeout));
    return this;
  }

  /**
   * Sets the maximum time for one attempt. The time includes DNS, connecting, renewing the ID
   * token, sending the request, and receiving the whole response. If an attempt takes longer, the
   * client cancels it, and retries if the retry policy allows it.
   *
   * <p>Defaults to 90 s, because the service takes about 30 s before it responds that a query is
   * pending (202).
   *
   * @throws IllegalArgumentException if the time is not positive
   */
  public IdcClientBuilder attemptTimeout(Duration newAttemptTimeout) {
    attemptTimeout = Checks.positive("attemptTimeout", newAttemptTimeout);
    return this;
  }

  /**
   * Sets the maximum time for one operation, or for one page of a walk. The time includes all
   * attempts, polls and waits. Defaults to 10 min. When this time is up, the operation fails with
   * {@link io.github.idc4j.client.error.IdcTimeoutException}, even in the middle of a response.
   *
   * @throws IllegalArgumentException if the time is not positive
   */
  public IdcClientBuilder totalTimeout(Duration newTotalTimeout) {
    totalTimeout = Checks.positive("totalTimeout", newTotalTimeout);
    return this;
  }

  /**
   * Sets the maximum time for a walk, which is one pass over all pages of a result. The time starts
   * when {@code iterator()} is called, and includes your own processing between pages. By default,
   * there is no limit.
   *
   * <p>When this time is up, the request in progress fails with {@link
   * io.github.idc4j.client.error.IdcTimeoutException}. If no request is in progress, the next
   * request fails. Rows that were already fetched are still delivered.
   *
   * @throws IllegalArgumentException if the time is not positive
   */
  public IdcClientBuilder walkTimeout(Duration newWalkTimeout) {
    walkTimeout = Checks.positive("walkTimeout", newWalkTimeout);
    return this;
  }

  /**
   * Sets the maximum number of requests, including polls, for one operation or for one page of a
   * walk. By default, there is no limit, but the timeouts apply.
   *
   * @throws IllegalArgumentException if the number is not positive
   */
  public IdcClientBuilder maxAttempts(int newMaxAttempts) {
    maxAttempts = Checks.positive("maxAttempts", newMaxAttempts);
    return this;
  }

  /**
   * Sets when and how often the client retries failed requests. Defaults to {@link
   * RetryPolicy#defaults()}.
   */
  public IdcClientBuilder retryPolicy(RetryPolicy newRetryPolicy) {
    retryPolicy = Objects.requireNonNull(newRetryPolicy);
    return this;
  }

  /**
   * Sets the maximum size of a response body in bytes, after decompression. A larger response fails
   * with {@link io.github.idc4j.client.error.ResponseTooLargeException}. Defaults to half of the
   * JVM's maximum heap, because a larger response might not fit in memory.
   *
   * <p>As a rough guide, a manifest row with all columns has about 700 bytes, and a {@code
   * dicomMetadata} row has about 2,500 bytes.
   *
   * @throws IllegalArgumentException if the number is not positive
   */
  public IdcClientBuilder maxResponseBytes(long newMaxResponseBytes) {
    maxResponseBytes = Checks.positive("maxResponseBytes", newMaxResponseBytes);
    return this;
  }

  /**
   * Sets the maximum number of rows per page. Defaults to 1,000. The service accepts any size, but
   * may return fewer rows.
   *
   * @throws IllegalArgumentException if the number is not positive
   */
  public IdcClientBuilder pageSize(int newPageSize) {
    pageSize = Checks.positive("pageSize", newPageSize);
    return this;
  }

  /**
   * Sets a listener that is called after each attempt, for metrics and traces. Replaces the
   * listener that was set before.
   *
   * <p>The listener runs on the thread that waits for the response. This is your thread, except for
   * futures, publishers and prefetch, which use a thread of the client. The listener should return
   * quickly. Exceptions from the listener are logged and ignored.
   *
   * <p>The listener is also called for additional requests of the client: after a 404 or 405
   * without a JSON body, the client requests {@code /about} once to find out whether the service is
   * retired.
   */
  public IdcClientBuilder onAttempt(Consumer<AttemptEvent> listener) {
    attemptListener = Objects.requireNonNull(listener);
    return this;
  }

  /**
   * Sets the clock and the sleeper, for tests. By default, the client uses the system clock and
   * real waits. The test JAR of this artifact ({@code <type>test-jar</type>}) contains {@code
   * FakeTime}, which does not wait.
   */
  public IdcClientBuilder time(Clock newClock, Sleeper newSleeper) {
    clock = Objects.requireNonNull(newClock);
    sleeper = Objects.requireNonNull(newSleeper);
    return this;
  }

  /**
   * Returns a client with these settings. Sends no request.
   *
   * @throws IllegalArgumentException if the base URL is invalid, or if the client would send ID
   *     tokens over plain http to a host that is not allowed
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
      // Loading certificates would take a noticeable part of the time of a short program.
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
