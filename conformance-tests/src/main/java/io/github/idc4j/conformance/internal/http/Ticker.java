package io.github.idc4j.conformance.internal.http;

import java.util.concurrent.locks.LockSupport;

/** The clock of a run. Tests replace the clock. */
interface Ticker {

  /** The system clock. */
  Ticker SYSTEM =
      new Ticker() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) {
          long end = System.nanoTime() + nanos;
          for (long rest = nanos;
              rest > 0 && !Thread.currentThread().isInterrupted();
              rest = end - System.nanoTime()) {
            LockSupport.parkNanos(rest);
          }
        }
      };

  /** Returns a time in nanoseconds. Only the difference between two times has a meaning. */
  long nanoTime();

  /**
   * Sleeps for a duration, or until the thread is interrupted. Returns at once if the duration is
   * zero or negative.
   */
  void sleep(long nanos);
}
