package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.check.Check;
import io.github.idc4j.conformance.internal.check.ServiceUnderTest;
import io.github.idc4j.conformance.internal.http.RequestBudget;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Performs checks, several of them at the same time. Each check has a session that no other check
 * uses at that time. The sessions save separate cohorts, so the checks do not interfere.
 */
final class CheckExecutor implements AutoCloseable {

  /** Maximum time to wait for checks to end after they were stopped. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

  private final boolean failFast;
  private final RequestBudget budget;
  private final List<ConformanceSession> sessions;

  private final BlockingQueue<ConformanceSession> idle;
  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
  private final ExecutorService executor;
  private volatile boolean failed;

  /** Creates an executor. Sends no request. */
  CheckExecutor(RunSettings settings) {
    failFast = settings.failFast();
    ServiceUnderTest service = settings.newService();
    budget = service.budget();
    sessions =
        Stream.iterate(service, ServiceUnderTest::sibling)
            .limit(settings.jobs())
            .map(each -> new ConformanceSession(settings, each))
            .toList();
    idle = new ArrayBlockingQueue<>(sessions.size(), false, sessions);
    executor = Executors.newFixedThreadPool(sessions.size(), this::thread);
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, "idc4j check");
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  /** Returns a session for requests that are not part of a check. */
  ConformanceSession session() {
    return sessions.get(0);
  }

  /** Performs a check as soon as a session is free. */
  Future<Outcome> submit(Check check) {
    return executor.submit(() -> perform(check));
  }

  private Outcome perform(Check check) throws InterruptedException {
    ConformanceSession session = idle.take();
    try {
      if (failed && failFast) {
        return Outcome.skipped(check, "an earlier check failed, and the run stops at a failure");
      }
      Outcome outcome = session.perform(check);
      failed |= outcome.isFailure();
      return outcome;
    } finally {
      idle.add(session);
    }
  }

  /** Stops the requests of all running checks. Later checks send no request. */
  void stop() {
    budget.close();
    threads.forEach(Thread::interrupt);
  }

  /**
   * Waits for the checks to end. A check that was stopped may still complete the request that saves
   * a cohort.
   */
  private void awaitChecks() {
    try {
      boolean unused = executor.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Deletes the cohorts that the checks saved. */
  @Override
  public void close() {
    executor.shutdown();
    awaitChecks();
    sessions.forEach(ConformanceSession::close);
  }
}
