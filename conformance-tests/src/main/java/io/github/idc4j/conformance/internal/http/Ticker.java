package io.github.idc4j.conformance.internal.http;

import java.util.concurrent.locks.LockSupport;

/** The time of a run, which a test may have stand still. */
interface Ticker {

  /** The time of this machine. */
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

  /** Returns a time in nanoseconds that tells only in comparison with another. */
  long nanoTime();

  /** Returns after that time, or when the thread is interrupted; at once if it is not positive. */
  void sleep(long nanos);
}
