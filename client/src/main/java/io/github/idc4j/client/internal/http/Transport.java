package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.error.IdcTimeoutException.Limit;
import io.github.idc4j.client.http.AttemptEvent;
import io.github.idc4j.client.http.RawResponse;
import io.github.idc4j.client.internal.net.Secrets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of a client and keeps track of everything in progress, so that {@link #close}
 * can end it. Safe for use by several threads.
 */
public final class Transport implements AutoCloseable {

  private final HttpStack http;
  private final CallSettings settings;
  private final Sender sender;
  private final Set<Execution> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Creates the transport. Sends no request. */
  public Transport(HttpStack http, CallSettings settings, Consumer<AttemptEvent> listener) {
    this.http = http;
    this.settings = settings;
    this.sender = new Sender(http, listener, settings.clock());
  }

  /** Returns the settings of the client. */
  public CallSettings settings() {
    return settings;
  }

  /** Returns an operation that decodes a response with status code 200 as the given type. */
  public <T> Operation<T> operation(PreparedRequest request, Class<T> type) {
    return operation(request, type, (response, secrets) -> response);
  }

  /**
   * Returns an operation that decodes a response with status code 200 as the given type.
   *
   * @param mapping converts the decoded response to the result; may throw a {@link Failure}
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

  /** Runs the work of an execution. {@link #close} ends work that is still running. */
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

  /** Runs work on the calling thread. Converts a failure to an exception without a checkpoint. */
  public static <R> R surfacing(Supplier<R> work) {
    try {
      return work.get();
    } catch (Failure e) {
      throw e.toException(null);
    }
  }

  /**
   * Runs the work of an execution in the background. Canceling the future, or completing it in
   * another way, ends the work.
   */
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
                // Catches Throwable, because Kotlin code may throw checked exceptions.
                future.completeExceptionally(e);
              }
            });
    CompletableFuture<R> unused = future.whenComplete((value, thrown) -> execution.stop());
    return future;
  }

  /**
   * Returns an executor for background work. After the client is closed, the executor runs work on
   * the calling thread.
   */
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
   * Sends a request until there is a response with status code 200 or 202.
   *
   * @param pageToken page token for the exception if a limit is reached; null if there is no token
   * @param reason why the client sends the request although the execution already had attempts;
   *     null for the first attempt
   * @throws Failure if there is another status code or no response, or if a limit is reached
   */
  public <R> R send(
      Execution execution,
      PreparedRequest request,
      @Nullable String pageToken,
      @Nullable String reason,
      HttpStack.Reader<R> reader) {
    return sender.send(execution, request, pageToken, reason, reader);
  }

  /** Sends a request once and returns the response without reading its body. */
  public RawResponse open(PreparedRequest request) {
    Execution execution =
        new Execution(
            request.operation(),
            Deadline.in(settings.totalTimeout(), Limit.TOTAL_TIMEOUT, settings.clock()),
            settings);
    return surfacing(() -> OpenResponse.open(this, http, execution, request));
  }

  /** Registers an execution, so that {@link #close} can end it. {@link #forget} removes it. */
  void keep(Execution execution) {
    running.add(execution);
    if (closed) {
      execution.stop();
    }
  }

  void forget(Execution execution) {
    running.remove(execution);
  }

  /** Ends everything in progress. Later calls fail. */
  @Override
  public void close() {
    closed = true;
    running.forEach(Execution::stop);
    http.close();
  }
}
