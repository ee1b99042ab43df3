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
 * The connection of a client to its service: everything that is under way, and what ends it. Safe
 * for use by several threads.
 */
public final class Transport implements AutoCloseable {

  private final HttpStack http;
  private final CallSettings settings;
  private final Sender sender;
  private final Set<Execution> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Sends nothing. */
  public Transport(HttpStack http, CallSettings settings, Consumer<AttemptEvent> listener) {
    this.http = http;
    this.settings = settings;
    this.sender = new Sender(http, listener, settings.clock());
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
   * @param pageToken the token to poll with, should a limit be reached; null if absent
   * @param reason why it is sent although the execution had attempts before; null for the first
   * @throws Failure for any other status code, without a response, or when a limit is reached
   */
  public <R> R send(
      Execution execution,
      PreparedRequest request,
      @Nullable String pageToken,
      @Nullable String reason,
      HttpStack.Reader<R> reader) {
    return sender.send(execution, request, pageToken, reason, reader);
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
