package io.github.idc4j.client.internal.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.idc4j.client.error.IdcTimeoutException.Limit;
import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.testing.FakeTime;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that the caller receives any exception or error from the thread of an attempt. */
@Timeout(60)
class ExecutionTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static Execution execution() {
    FakeTime time = new FakeTime();
    Duration minute = Duration.ofMinutes(1);
    CallSettings settings =
        new CallSettings(minute, minute, minute, 1, RetryPolicy.none(), 1, time, time.sleeper());
    return new Execution("getAbout", Deadline.in(minute, Limit.TOTAL_TIMEOUT, time), settings);
  }

  @Test
  void passesAnErrorOn() {
    assertThatThrownBy(
            () ->
                execution()
                    .attempt(
                        threads,
                        handle -> {
                          throw new OutOfMemoryError("a page too large");
                        }))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessage("a page too large");
  }

  @Test
  void passesARuntimeExceptionOn() {
    assertThatThrownBy(
            () ->
                execution()
                    .attempt(
                        threads,
                        handle -> {
                          throw new IllegalStateException("an interceptor failed");
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("an interceptor failed");
  }
}
