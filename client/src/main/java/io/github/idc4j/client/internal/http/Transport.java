package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.error.IdcTimeoutException.Limit;
import io.github.idc4j.client.http.AttemptEvent;
import io.github.idc4j.client.http.RawResponse;
import io.github.idc4j.client.internal.net.Secrets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests, retries those that may be sent again, and decides by the status code before a
 * body is decoded: 200 and 202 are decoded, all others become failures. Safe for use by several
 * threads.
 */
public final class Transport implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Transport.class.getName());
  private static final String ABOUT = "getAbout";
  private static final Duration LONGEST_PROBE = Duration.ofSeconds(10);

  private final HttpStack http;
  private final CallSettings settings;
  private final Consumer<AttemptEvent> listener;
  private final RetirementProbe retirement = new RetirementProbe();
  private final Set<Execution> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Sends nothing. */
  public Transport(HttpStack http, CallSettings settings, Consumer<AttemptEvent> listener) {
    this.http = http;
    this.settings = settings;
    this.listener = listener;
  }

  /** Returns the settings of the client. */
  public CallSettings settings() {
    return settings;
  }

  /** Returns the operation that decodes a response of status code 200 as the given type. */
  public <T> Operation<T> operation(PreparedRequest request, Class<T> type) {
    return operation(request, type, (response, secrets) -> response);
  }

  /**
   * Returns the operation that decodes a response of status code 200 as the given type.
   *
   * @param mapping returns the result of a response; may throw a {@link Failure}
   */
  public <T, R> Operation<R> operation(
      PreparedRequest request, Class<T> type, BiFunction<T, Secrets, R> mapping) {
    return Operation.of(this, request, execution -> get(execution, request, type, mapping));
  }

  private <T, R> R get(
      Execution execution,
      PreparedRequest request,
      Class<T> type,
      BiFunction<T, Secrets, R> mapping) {
    String operation = request.operation();
    return send(
        execution,
        request,
        null,
        null,
        (response, secrets) -> {
          if (response.code() != 200) {
            throw ErrorResponse.read(operation, response, secrets, settings.clock()).failure();
          }
          return mapping.apply(Decoder.decode(operation, response, secrets, type), secrets);
        });
  }

  /** Does the work of an execution, so that {@link #close} can end it. */
  public <R> R run(Execution execution, Supplier<R> work) {
    running.add(execution);
    try {
      if (closed) {
        execution.stop();
      }
      return work.get();
    } finally {
      running.remove(execution);
    }
  }

  /** Does work on the calling thread; failures surface as exceptions without a checkpoint. */
  public static <R> R surfacing(Supplier<R> work) {
    try {
      return work.get();
    } catch (Failure e) {
      throw e.toException(null);
    }
  }

  /** Does the work of an execution in the background; completing the future otherwise ends it. */
  public <R> CompletableFuture<R> submit(Execution execution, Supplier<R> work) {
    CompletableFuture<R> future = new CompletableFuture<>();
    executor()
        .execute(
            () -> {
              try {
                future.complete(run(execution, work));
              } catch (Failure e) {
                future.completeExceptionally(e.toException(null));
              } catch (Throwable e) {
                // Kotlin code may throw checked exceptions.
                future.completeExceptionally(e);
              }
            });
    CompletableFuture<R> unused = future.whenComplete((value, thrown) -> execution.stop());
    return future;
  }

  /** Returns what runs work in the background; after the client is closed, the calling thread. */
  public Executor executor() {
    return work -> {
      try {
        http.executor().execute(work);
      } catch (RejectedExecutionException e) {
        work.run();
      }
    };
  }

  /**
   * Sends a request until it has a response of status code 200 or 202.
   *
   * @param pageToken the token to poll with, should a limit be reached; null if there is none
   * @param reason why it is sent although the execution had attempts before; null for the first
   * @throws Failure for any other status code, without a response, or when a limit is reached
   */
  public <R> R send(
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
          case ALWAYS -> true;
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

  /** Reports an attempt when it has ended. */
  private <R> Outcome<R> observed(
      String operation,
      int number,
      Attempt attempt,
      @Nullable String retryReason,
      Waiting<R> waiting)
      throws TimeoutException {
    Instant start = settings.clock().instant();
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
              Duration.between(start, settings.clock().instant()),
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
      // What observes a request must not break it; Kotlin code may throw checked exceptions.
      LOG.log(System.Logger.Level.WARNING, "A listener of onAttempt() failed.", e);
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

  /** Requests {@code /about}; returns null without a response. */
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

  /** Sends a request once and returns its response unread. */
  public RawResponse open(PreparedRequest request) {
    Execution execution =
        new Execution(
            request.operation(),
            Deadline.in(settings.totalTimeout(), Limit.TOTAL_TIMEOUT, settings.clock()),
            settings);
    return surfacing(() -> OpenResponse.open(this, http, execution, request));
  }

  /** Keeps an execution until {@link #close} ends it, or it is forgotten. */
  void keep(Execution execution) {
    running.add(execution);
    if (closed) {
      execution.stop();
    }
  }

  void forget(Execution execution) {
    running.remove(execution);
  }

  /** Ends everything that is under way; later calls fail. */
  @Override
  public void close() {
    closed = true;
    running.forEach(Execution::stop);
    http.close();
  }
}
