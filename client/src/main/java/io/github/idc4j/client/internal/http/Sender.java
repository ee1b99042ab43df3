package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.http.AttemptEvent;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests and retries them if the policy allows it. Decides by the status code before a body
 * is decoded: 200 and 202 are decoded, and all other status codes become failures.
 */
final class Sender {

  private static final Logger LOG = Logger.getLogger(Sender.class.getName());
  private static final String ABOUT = "getAbout";
  private static final Duration LONGEST_PROBE = Duration.ofSeconds(10);

  private final HttpStack http;
  private final Consumer<AttemptEvent> listener;
  private final Clock clock;
  private final RetirementProbe retirement = new RetirementProbe();

  Sender(HttpStack http, Consumer<AttemptEvent> listener, Clock clock) {
    this.http = http;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Sends a request until there is a response with status code 200 or 202.
   *
   * @param pageToken page token for the exception if a limit is reached; null if there is no token
   * @param reason why the client sends the request although the execution already had attempts;
   *     null for the first attempt
   * @throws Failure if there is another status code or no response, or if a limit is reached
   */
  <R> R send(
      Execution execution,
      PreparedRequest request,
      @Nullable String pageToken,
      @Nullable String reason,
      HttpStack.Reader<R> reader) {
    Backoff backoff = new Backoff(execution.settings().retryPolicy());
    @Nullable String retryReason = reason;
    boolean renewed = false;
    int retries = 0;
    while (true) {
      if (execution.isOver()) {
        throw execution.deadlineExceeded(pageToken, null);
      }
      Attempt attempt = new Attempt(request.request());
      Failure failure;
      try {
        Outcome<R> outcome = attempt(execution, request, attempt, retryReason, reader);
        ErrorResponse error = outcome.error();
        if (error == null) {
          return outcome.value();
        }
        if (error.status() == 401
            && !renewed
            && execution.mayAttempt()
            && renewToken(execution, attempt)) {
          renewed = true;
          retryReason = "new ID token";
          continue;
        }
        failure = retirement.explain(error, () -> about(execution));
      } catch (TimeoutException e) {
        failure = execution.attemptTimedOut(pageToken);
      } catch (Failure e) {
        failure = e;
      }
      retries++;
      refuseRetry(execution, request, pageToken, failure, retries);
      if (!execution.pause(backoff.next(failure.retryAfter()))) {
        throw execution.deadlineExceeded(pageToken, failure);
      }
      retryReason = failure.reason();
    }
  }

  private static void refuseRetry(
      Execution execution,
      PreparedRequest request,
      @Nullable String pageToken,
      Failure failure,
      int retries) {
    boolean mayPass =
        switch (failure.retry()) {
          case NEVER -> false;
          case BY_CONNECTION -> execution.settings().retryPolicy().retryConnectionFailures();
          case BY_STATUS ->
              execution.settings().retryPolicy().statuses().contains(failure.status());
        };
    if (mayPass && execution.isOver()) {
      throw execution.deadlineExceeded(pageToken, failure);
    }
    if (!mayPass
        || !request.isRepeatable()
        || retries > execution.settings().retryPolicy().maxRetries()
        || !execution.mayAttempt()) {
      throw failure;
    }
  }

  private <R> Outcome<R> attempt(
      Execution execution,
      PreparedRequest request,
      Attempt attempt,
      @Nullable String retryReason,
      HttpStack.Reader<R> reader)
      throws TimeoutException {
    String operation = request.operation();
    return observed(
        operation,
        execution.attempts() + 1,
        attempt,
        retryReason,
        () ->
            execution.attempt(
                http.executor(),
                handle -> http.exchange(operation, execution.settings(), attempt, handle, reader)));
  }

  /** Waits for a response. */
  @FunctionalInterface
  private interface Waiting<R> {
    Outcome<R> get() throws IOException, TimeoutException;
  }

  /** Waits for a response and reports the attempt to the listener. */
  private <R> Outcome<R> observed(
      String operation,
      int number,
      Attempt attempt,
      @Nullable String retryReason,
      Waiting<R> waiting)
      throws TimeoutException {
    Instant start = clock.instant();
    @Nullable String problem = "error";
    try {
      Outcome<R> outcome = waiting.get();
      problem = outcome.error() == null ? null : "status " + attempt.status();
      return outcome;
    } catch (IOException e) {
      Failure failure = Failures.transport(operation, http.host(), e);
      problem = failure.reason();
      throw failure;
    } catch (TimeoutException e) {
      problem = "timeout";
      throw e;
    } catch (Failure e) {
      problem = e.reason();
      throw e;
    } finally {
      report(
          new AttemptEvent(
              operation,
              number,
              attempt.status(),
              Duration.between(start, clock.instant()),
              attempt.bytes(),
              Optional.ofNullable(retryReason),
              Optional.ofNullable(problem),
              attempt.url()));
    }
  }

  private void report(AttemptEvent event) {
    try {
      listener.accept(event);
    } catch (Throwable e) {
      // A listener must not break a request. Kotlin code may throw checked exceptions.
      LOG.log(Level.WARNING, "A listener of onAttempt() failed.", e);
    }
  }

  private boolean renewToken(Execution execution, Attempt attempt) throws TimeoutException {
    Request refused = attempt.request();
    try {
      return execution.await(
          http.executor(),
          execution.attemptTime(),
          handle -> http.renewToken(execution.operation(), refused));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Requests {@code /about}. Returns null if there is no response. */
  private RetirementProbe.@Nullable Finding about(Execution execution) {
    Duration left = execution.attemptTime();
    Duration time = left.compareTo(LONGEST_PROBE) < 0 ? left : LONGEST_PROBE;
    Attempt attempt = new Attempt(new Request.Builder().url(http.resolve("about")).build());
    try {
      Outcome<Boolean> outcome =
          observed(
              ABOUT,
              1,
              attempt,
              null,
              () ->
                  execution.await(
                      http.executor(),
                      time,
                      handle ->
                          http.exchange(
                              ABOUT,
                              execution.settings(),
                              attempt,
                              handle,
                              (response, secrets) -> Boolean.TRUE)));
      return RetirementProbe.Finding.of(outcome.error());
    } catch (TimeoutException | Failure e) {
      execution.refuseIfStopped();
      return null;
    }
  }
}
