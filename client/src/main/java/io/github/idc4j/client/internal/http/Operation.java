package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.error.IdcTimeoutException.Limit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An operation without pages, ready to be sent. The calling thread can send it, or it can be sent
 * in the background. Immutable.
 */
public final class Operation<T> {

  private final Transport transport;
  private final PreparedRequest request;
  private final Function<Execution, T> work;

  private Operation(Transport transport, PreparedRequest request, Function<Execution, T> work) {
    this.transport = transport;
    this.request = request;
    this.work = work;
  }

  static <T> Operation<T> of(
      Transport transport, PreparedRequest request, Function<Execution, T> work) {
    return new Operation<>(transport, request, work);
  }

  /**
   * Returns an operation whose result is a part of the response.
   *
   * @param name name of the response member that contains the part
   * @param part returns the part, or null if the response lacks it
   */
  public <P> Operation<P> member(String name, Function<T, @Nullable P> part) {
    return map(
        response -> {
          P found = part.apply(response);
          if (found == null) {
            throw Failures.missing(request.operation(), name);
          }
          if (found instanceof List<?> elements) {
            Failures.withoutNull(request.operation(), name, elements);
          }
          return found;
        });
  }

  /** Returns an operation that maps the result. The mapping may throw a {@link Failure}. */
  public <R> Operation<R> map(Function<T, R> mapping) {
    return new Operation<>(transport, request, work.andThen(mapping));
  }

  /** Sends the request and waits for the result. */
  public T execute() {
    Execution execution = execution();
    return Transport.surfacing(() -> transport.run(execution, () -> work.apply(execution)));
  }

  /** Sends the request in the background. Canceling the future ends the request. */
  public CompletableFuture<T> submit() {
    Execution execution = execution();
    return transport.submit(execution, () -> work.apply(execution));
  }

  private Execution execution() {
    CallSettings settings = transport.settings();
    Deadline deadline = Deadline.in(settings.totalTimeout(), Limit.TOTAL_TIMEOUT, settings.clock());
    return new Execution(request.operation(), deadline, settings);
  }
}
