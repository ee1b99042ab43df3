package io.github.idc4j.client.internal;

import java.time.Duration;

/** Waits; a fake one in tests does not. */
@FunctionalInterface
public interface Sleeper {

  /** Waits for that time. */
  void sleep(Duration time) throws InterruptedException;
}
