package io.github.idc4j.client.internal;

import io.github.idc4j.client.error.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What is sent for one page, or for one operation that has none: any number of requests, one after
 * the other, until its time is over or it is stopped.
 */
final class Exchange {

  final String operation;
  final Deadline deadline;
  final Timing timing;

  /** OkHttp counts nanoseconds. */
  private static final Duration LONGEST_ATTEMPT = Duration.ofDays(365);

  private static final long LONGEST_END_MILLIS = 50;

  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile @Nullable Call call;
  private int attempts;

  Exchange(String operation, Deadline deadline, Timing timing) {
    this.operation = operation;
    this.deadline = deadline;
    this.timing = timing;
  }

  /** Reads an answer, and closes it or hands it on. */
  @FunctionalInterface
  interface Reader<R> {
    R read(Response response) throws IOException;
  }

  int attempts() {
    return attempts;
  }

  /**
   * Sends a request once. OkHttp's own thread reads the answer, so that an interrupt of the
   * caller's ends it at once.
   *
   * @throws IOException without an answer, or one that is cut short
   */
  <R> R attempt(OkHttpClient http, Request request, Reader<R> reader) throws IOException {
    Call newCall = http.newCall(request);
    Duration time = shorter(shorter(deadline.left(), timing.attempt()), LONGEST_ATTEMPT);
    newCall.timeout().timeout(Math.max(1, time.toNanos()), TimeUnit.NANOSECONDS);
    call = newCall;
    refuseIfStopped();
    attempts++;
    CompletableFuture<R> answer = new CompletableFuture<>();
    newCall.enqueue(new Answer<>(answer, reader));
    try {
      return answer.get();
    } catch (InterruptedException e) {
      newCall.cancel();
      letEnd(answer);
      throw interrupted(e);
    } catch (ExecutionException e) {
      refuseIfStopped();
      if (e.getCause() instanceof UncheckedIOException unchecked) {
        throw unchecked.getCause();
      }
      if (e.getCause() instanceof RuntimeException thrown) {
        // It was made on OkHttp's thread, which tells the caller nothing.
        throw (RuntimeException) thrown.fillInStackTrace();
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Waits for a cancelled call to end, so that nothing is sent any more once the caller goes on. It
   * ends at once, but for the look-up of a name, which nothing can stop.
   */
  private static void letEnd(CompletableFuture<?> answer) {
    answer
        .handle((value, thrown) -> Boolean.TRUE)
        .completeOnTimeout(Boolean.FALSE, LONGEST_END_MILLIS, TimeUnit.MILLISECONDS)
        .join();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private record Answer<R>(CompletableFuture<R> answer, Reader<R> reader) implements Callback {

    @Override
    public void onFailure(Call call, IOException e) {
      answer.completeExceptionally(new UncheckedIOException(e));
    }

    @Override
    public void onResponse(Call call, Response response) {
      try {
        answer.complete(reader.read(response));
      } catch (IOException e) {
        answer.completeExceptionally(new UncheckedIOException(e));
      } catch (RuntimeException | Error e) {
        // OkHttp would tell nobody, and the caller would wait for ever.
        answer.completeExceptionally(e);
      }
    }
  }

  /** Waits; returns whether there is time for it, and does nothing if there is none. */
  boolean pause(Duration pause) {
    if (pause.compareTo(deadline.left()) > 0) {
      return false;
    }
    try {
      timing.sleeper().sleep(pause, stop);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    refuseIfStopped();
    return true;
  }

  /** Ends what is under way, and all that would follow; any thread may call it. */
  void stop() {
    stop.countDown();
    Call current = call;
    if (current != null) {
      current.cancel();
    }
  }

  void refuseIfStopped() {
    if (stop.getCount() == 0) {
      throw new TransportException(
          operation + ": stopped, as the walk or the client was closed", null);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new TransportException(operation + ": interrupted, nothing more was sent", null);
    }
  }

  private TransportException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new TransportException(operation + ": interrupted, nothing more was sent", e);
  }
}
