package io.github.idc4j.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Waits between requests; a fake one in tests does not. */
@FunctionalInterface
public interface Sleeper {

  /**
   * Waits for that time, or until {@code stop} is counted down.
   *
   * @param time positive
   * @throws InterruptedException if the thread is interrupted
   */
  void sleep(Duration time, CountDownLatch stop) throws InterruptedException;
}
