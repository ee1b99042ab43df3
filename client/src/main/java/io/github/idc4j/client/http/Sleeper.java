package io.github.idc4j.client.http;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Waits between requests. Replace it in tests only, with one that does not wait. Must be safe for
 * use by several threads.
 */
@FunctionalInterface
public interface Sleeper {

  /**
   * Returns a stage that completes when the time has passed. The client stops waiting for it when
   * the caller is interrupted or the walk, future or client is closed.
   *
   * @param time positive
   */
  CompletionStage<?> sleep(Duration time);
}
