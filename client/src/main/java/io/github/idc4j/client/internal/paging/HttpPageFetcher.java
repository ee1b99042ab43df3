package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.error.IdcTimeoutException.Limit;
import io.github.idc4j.client.internal.http.Backoff;
import io.github.idc4j.client.internal.http.CallSettings;
import io.github.idc4j.client.internal.http.Deadline;
import io.github.idc4j.client.internal.http.Decoder;
import io.github.idc4j.client.internal.http.Execution;
import io.github.idc4j.client.internal.http.Failures;
import io.github.idc4j.client.internal.http.Transport;
import io.github.idc4j.client.internal.net.RetryAfter;
import io.github.idc4j.client.internal.net.Secrets;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageInfo;
import io.github.idc4j.client.paging.PageToken;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the pages of one walk over HTTP. While the service responds with 202, the fetcher waits
 * and polls with the token of the latest response. It stops when there is a page or a limit is
 * reached.
 */
final class HttpPageFetcher<T, P, A> implements PageFetcher<T> {

  private final Transport transport;
  private final PagedEndpoint<T, P, A> endpoint;
  private final PageSource.Options options;
  private final Runnable onPending;
  private final Deadline walk;
  private volatile @Nullable Execution current;
  private volatile boolean closed;

  HttpPageFetcher(
      Transport transport,
      PagedEndpoint<T, P, A> endpoint,
      PageSource.Options options,
      Runnable onPending) {
    this.transport = transport;
    this.endpoint = endpoint;
    this.options = options;
    this.onPending = onPending;
    CallSettings settings = options.settings();
    this.walk = Deadline.in(settings.walkTimeout(), Limit.WALK_TIMEOUT, settings.clock());
  }

  /** Either a page, or the page token to poll with. */
  private record Received<T>(
      @Nullable PageContents<T> contents,
      @Nullable PageToken pending,
      @Nullable Duration retryAfter,
      int status,
      Headers headers) {}

  @Override
  public Page<T> fetch(Optional<PageToken> token, int number) {
    Execution execution = execution();
    current = execution;
    if (closed) {
      execution.stop();
    }
    return transport.run(execution, () -> fetch(execution, token, number));
  }

  /** Returns a new execution for one page. */
  Execution execution() {
    CallSettings settings = options.settings();
    return new Execution(
        endpoint.operation(), walk.within(settings.totalTimeout(), Limit.TOTAL_TIMEOUT), settings);
  }

  Page<T> fetch(Execution execution, Optional<PageToken> token, int number) {
    Backoff backoff = new Backoff(options.settings().retryPolicy());
    @Nullable PageToken latest = token.orElse(null);
    @Nullable String reason = null;
    for (int polls = 0; ; polls++) {
      @Nullable String text = latest == null ? null : latest.text();
      Received<T> received =
          transport.send(
              execution, endpoint.request(latest, options.size()), text, reason, this::read);
      PageContents<T> contents = received.contents();
      if (contents != null) {
        return page(execution, token, number, polls, received, contents);
      }
      latest = received.pending();
      onPending.run();
      pause(execution, latest.text(), backoff.next(received.retryAfter()));
      reason = "pending";
    }
  }

  private static void pause(Execution execution, String token, Duration wait) {
    if (!execution.mayAttempt()) {
      throw execution.attemptsExceeded(token);
    }
    if (!execution.pause(wait)) {
      throw execution.deadlineExceeded(token, null);
    }
  }

  private static <T> Page<T> page(
      Execution execution,
      Optional<PageToken> token,
      int number,
      int polls,
      Received<T> received,
      PageContents<T> contents) {
    return new Page<>(
        contents.rows(),
        contents.totalFound(),
        contents.next(),
        new PageInfo(
            number,
            token,
            received.status(),
            headers(received.headers()),
            execution.deadline().elapsed(),
            execution.attempts(),
            polls));
  }

  private Received<T> read(Response response, Secrets secrets) throws IOException {
    String operation = endpoint.operation();
    Duration retryAfter = RetryAfter.of(response.headers(), options.settings().clock());
    if (response.code() == 202) {
      A accepted = Decoder.decode(operation, response, secrets, endpoint.acceptedType());
      PageToken pending =
          PageToken.of(endpoint.acceptedToken().apply(accepted))
              .orElseThrow(
                  () ->
                      Failures.paging(
                          operation,
                          "The service responded with 202 but without a token, so the result can't"
                              + " be polled."));
      return new Received<>(null, pending, retryAfter, 202, response.headers());
    }
    P page = Decoder.decode(operation, response, secrets, endpoint.pageType());
    PageContents<T> contents = endpoint.contents().apply(page);
    if (contents == null || contents.rows() == null) {
      throw Failures.missing(operation, "rows");
    }
    Failures.withoutNull(operation, "rows", contents.rows());
    return new Received<>(contents, null, retryAfter, response.code(), response.headers());
  }

  private static Map<String, List<String>> headers(Headers headers) {
    return Map.copyOf(headers.toMultimap());
  }

  @Override
  public void close() {
    closed = true;
    Execution execution = current;
    if (execution != null) {
      execution.stop();
    }
  }
}
