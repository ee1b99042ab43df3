package io.github.idc4j.conformance.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops a run when the JVM is asked to exit, such as by Ctrl-C, and lets the run write its reports
 * before the JVM exits.
 */
final class Interruption implements AutoCloseable {

  /** A CI runner kills a process about ten seconds after it asks it to exit. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(8);

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Runnable stop;
  private final Thread hook = new Thread(this::interrupt);
  private volatile boolean interrupted;

  /**
   * Begins to listen.
   *
   * @param stop makes the run end soon
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

  boolean hasOccurred() {
    return interrupted;
  }

  /** Declares that the reports are written. */
  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down, and runs the hook.
    }
  }
}
