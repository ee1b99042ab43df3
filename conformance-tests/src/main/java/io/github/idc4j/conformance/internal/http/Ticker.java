package io.github.idc4j.conformance.internal.http;

import java.util.concurrent.locks.LockSupport;

/** The clock of a run; tests replace it. */
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

  /** Returns a time in nanoseconds; only differences have a meaning. */
  long nanoTime();

  /** Sleeps for a time or until the thread is interrupted; not at all if it is not positive. */
  void sleep(long nanos);
}
