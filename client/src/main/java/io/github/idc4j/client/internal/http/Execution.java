package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.error.IdcTimeoutException.Limit;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * Runs the attempts of one operation, or of one page of a walk, until there is a result, a limit is
 * reached, or the caller ends the execution. The work of each attempt runs on another thread, so
 * that a slow DNS server, token endpoint or file system can't block the caller.
 */
public final class Execution {

  /** The longest wait. OkHttp and the JDK count nanoseconds, so longer waits could overflow. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(365);

  /**
   * How long the caller waits for an abandoned attempt to end. It normally ends at once; only a DNS
   * lookup can't be stopped.
   */
  private static final long ABANDON_MILLIS = 50;

  private final String operation;
  private final Deadline deadline;
  private final CallSettings settings;
  private final CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
  private volatile @Nullable Abandonable<?> current;
  private int attempts;

  /** Creates an execution without attempts. */
  public Execution(String operation, Deadline deadline, CallSettings settings) {
    this.operation = operation;
    this.deadline = deadline;
    this.settings = settings;
  }

  /** Returns the operation ID. */
  public String operation() {
    return operation;
  }

  /** Returns the deadline for all attempts together. */
  public Deadline deadline() {
    return deadline;
  }

  CallSettings settings() {
    return settings;
  }

  /** Returns the number of attempts that were made so far. */
  public int attempts() {
    return attempts;
  }

  /** Returns whether {@code maxAttempts} allows another attempt. */
  public boolean mayAttempt() {
    return attempts < settings.maxAttempts();
  }

  /** The work of an attempt. It passes each HTTP call to the handle before it executes the call. */
  @FunctionalInterface
  interface Work<R> {
    R run(Handle handle) throws IOException;
  }

  /** Allows another thread to cancel an attempt while the HTTP call of the attempt is executing. */
  static final class Handle {

    private volatile boolean canceled;
    private volatile @Nullable Call call;

    /** Registers the call that is about to be executed. */
    Call executing(Call next) {
      call = next;
      if (canceled) {
        next.cancel();
      }
      return next;
    }

    boolean isCanceled() {
      return canceled;
    }

    void cancel() {
      canceled = true;
      Call executing = call;
      if (executing != null) {
        executing.cancel();
      }
    }
  }

  /** Work that can be abandoned. The latch {@code ended} opens when the work no longer runs. */
  private static final class Abandonable<R> extends FutureTask<R> {

    private final Handle handle;
    private final CountDownLatch ended;

    private Abandonable(Handle handle, CountDownLatch ended, Work<R> work) {
      super(
          () -> {
            try {
              return work.run(handle);
            } finally {
              ended.countDown();
            }
          });
      this.handle = handle;
      this.ended = ended;
    }

    /** Cancels the work. Returns false if the work already has a result. */
    boolean abandon() {
      boolean abandoned = cancel(true);
      if (abandoned) {
        handle.cancel();
      }
      return abandoned;
    }

    /**
     * Waits briefly until the work has ended, so that nothing is sent after the caller continues.
     */
    void awaitEnd() {
      boolean interrupted = Thread.interrupted();
      try {
        ended.await(ABANDON_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns the maximum time for the next attempt. */
  Duration attemptTime() {
    Duration left = deadline.left();
    Duration time =
        left.compareTo(settings.attemptTimeout()) < 0 ? left : settings.attemptTimeout();
    return time.compareTo(LONGEST_WAIT) < 0 ? time : LONGEST_WAIT;
  }

  /**
   * Runs one attempt and waits for its result.
   *
   * @throws IOException if there was no complete response
   * @throws TimeoutException if the attempt took longer than {@link #attemptTime()}
   * @throws Failure if the attempt failed for another reason or was canceled
   */
  <R> R attempt(Executor executor, Work<R> work) throws IOException, TimeoutException {
    refuseIfStopped();
    attempts++;
    return await(executor, attemptTime(), work);
  }

  /** Runs work and waits for its result. The work is not counted as an attempt. */
  <R> R await(Executor executor, Duration time, Work<R> work) throws IOException, TimeoutException {
    Abandonable<R> attempt = new Abandonable<>(new Handle(), new CountDownLatch(1), work);
    current = attempt;
    refuseIfStopped();
    try {
      executor.execute(attempt);
      return attempt.get(Math.max(1, time.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      attempt.abandon();
      attempt.awaitEnd();
      throw e;
    } catch (InterruptedException e) {
      attempt.abandon();
      attempt.awaitEnd();
      Thread.currentThread().interrupt();
      throw Failures.interrupted(operation);
    } catch (CancellationException | RejectedExecutionException e) {
      attempt.awaitEnd();
      throw Failures.closed(operation);
    } catch (ExecutionException e) {
      refuseIfStopped();
      throw unwrapped(e);
    } finally {
      current = null;
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) throws IOException {
    Throwable cause = e.getCause();
    if (cause instanceof IOException io) {
      throw io;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException thrown ? thrown : new IllegalStateException(cause);
  }

  /** Returns the failure for an attempt that took too long. */
  Failure attemptTimedOut(@Nullable String pageToken) {
    return isOver()
        ? deadlineExceeded(pageToken, null)
        : Failures.timeout(this, Limit.ATTEMPT_TIMEOUT, settings.attemptTimeout(), pageToken, null);
  }

  /** Returns whether there is no time left. */
  boolean isOver() {
    return deadline.left().compareTo(Duration.ZERO) <= 0;
  }

  /** Returns the failure for an execution that has no time left. */
  public Failure deadlineExceeded(@Nullable String pageToken, @Nullable Failure last) {
    Limit limit = deadline.limit();
    return Failures.timeout(
        this,
        limit,
        limit == Limit.WALK_TIMEOUT ? settings.walkTimeout() : settings.totalTimeout(),
        pageToken,
        last);
  }

  /** Returns the failure for an execution that has no attempts left. */
  public Failure attemptsExceeded(@Nullable String pageToken) {
    return Failures.timeout(this, Limit.MAX_ATTEMPTS, Duration.ZERO, pageToken, null);
  }

  /**
   * Waits and returns true. If the wait would exceed the deadline, returns false at once.
   *
   * @throws Failure if the caller is interrupted or ends the execution during the wait
   */
  public boolean pause(Duration pause) {
    if (pause.compareTo(deadline.left()) > 0) {
      return false;
    }
    try {
      CompletableFuture.anyOf(settings.sleeper().sleep(pause).toCompletableFuture(), stopped).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.interrupted(operation);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The sleeper failed.", e.getCause());
    }
    refuseIfStopped();
    return true;
  }

  /**
   * Cancels the current attempt and prevents all further attempts. Any thread may call this method,
   * any number of times.
   */
  public void stop() {
    stopped.complete(null);
    Abandonable<?> attempt = current;
    if (attempt != null) {
      attempt.abandon();
    }
  }

  /**
   * Runs an action when this execution is stopped. If it is already stopped, runs the action at
   * once.
   */
  void whenStopped(Runnable action) {
    CompletableFuture<Void> unused = stopped.thenRun(action);
  }

  void refuseIfStopped() {
    if (stopped.isDone()) {
      throw Failures.closed(operation);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw Failures.interrupted(operation);
    }
  }
}
