package io.github.idc4j.client.http;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Provides the waits between requests. Replace the default only in tests, with a sleeper that does
 * not wait. Implementations must be safe for use by several threads.
 */
@FunctionalInterface
public interface Sleeper {

  /**
   * Returns a stage that completes when the time has passed. The client may stop waiting earlier:
   * when the caller is interrupted, when the future is canceled, or when the walk or the client is
   * closed.
   *
   * @param time positive
   */
  CompletionStage<?> sleep(Duration time);
}
