package io.github.idc4j.conformance.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops a run when the JVM shuts down, such as by Ctrl-C, and waits until the run has written its
 * reports.
 */
final class Interruption implements AutoCloseable {

  /** CI runners kill a process about ten seconds after they signal it to exit. */
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

  /** Declares that the thread of the run was interrupted, which {@link #close} restores. */
  void occur() {
    interrupted = true;
    ofThread = true;
  }

  boolean hasOccurred() {
    return interrupted;
  }

  /** Notes that the run has written its reports. */
  @Override
  public void close() {
    finished.countDown();
    // Earlier, it would end the requests that delete the run's cohorts.
    if (ofThread) {
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down and runs the hook.
    }
  }
}
