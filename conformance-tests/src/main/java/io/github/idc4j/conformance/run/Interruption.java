package io.github.idc4j.conformance.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops a run when the JVM shuts down, for example after Ctrl-C. The JVM then waits until the run
 * has written its reports.
 */
final class Interruption implements AutoCloseable {

  /**
   * Maximum time to wait. CI runners kill a process about ten seconds after they signal it to exit.
   */
  private static final Duration MAX_WAIT = Duration.ofSeconds(8);

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Runnable stop;
  private final Thread hook = new Thread(this::interrupt);
  private volatile boolean interrupted;
  private boolean ofThread;

  /**
   * Registers a shutdown hook.
   *
   * @param stop stops the run
   */
  Interruption(Runnable stop) {
    this.stop = stop;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void interrupt() {
    interrupted = true;
    stop.run();
    try {
      boolean unused = finished.await(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Records that the thread of the run was interrupted. {@link #close} sets the interrupt status of
   * the thread again.
   */
  void occur() {
    interrupted = true;
    ofThread = true;
  }

  boolean hasOccurred() {
    return interrupted;
  }

  /** Allows the JVM to shut down. Call this method after the run has written its reports. */
  @Override
  public void close() {
    finished.countDown();
    // Not earlier, because it would stop the requests that delete the cohorts of the run.
    if (ofThread) {
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down, so the hook runs anyway.
    }
  }
}
