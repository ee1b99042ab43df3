package io.github.idc4j.client.internal.paging;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Publishes rows as subscribers request them. Each subscriber has its own walk. */
final class RowPublisher<T> implements Flow.Publisher<T> {

  private final Supplier<RowWalk<T>> walks;
  private final Executor executor;

  RowPublisher(Supplier<RowWalk<T>> walks, Executor executor) {
    this.walks = walks;
    this.executor = executor;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super T> subscriber) {
    Objects.requireNonNull(subscriber);
    Rows<T> rows = new Rows<>(walks.get(), subscriber, executor);
    subscriber.onSubscribe(rows);
    rows.begin();
  }

  /**
   * Sends signals to one subscriber. Only one thread sends signals at a time: the thread that
   * raised {@code signals} from zero.
   */
  private static final class Rows<T> implements Flow.Subscription {

    private final RowWalk<T> walk;
    private final Flow.Subscriber<? super T> subscriber;
    private final Executor executor;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicLong signals = new AtomicLong();
    private final AtomicBoolean done = new AtomicBoolean();
    private volatile boolean illegalRequest;
    private volatile boolean begun;

    Rows(RowWalk<T> walk, Flow.Subscriber<? super T> subscriber, Executor executor) {
      this.walk = walk;
      this.subscriber = subscriber;
      this.executor = executor;
    }

    /**
     * Starts delivery. Rows that are requested within {@code onSubscribe} are delivered after that
     * method.
     */
    void begin() {
      begun = true;
      signal();
    }

    @Override
    public void request(long n) {
      if (n <= 0) {
        illegalRequest = true;
      } else {
        demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
      }
      if (begun) {
        signal();
      }
    }

    @Override
    public void cancel() {
      done.set(true);
      walk.close();
    }

    private void signal() {
      if (signals.getAndIncrement() == 0) {
        executor.execute(this::drain);
      }
    }

    private void drain() {
      long seen;
      do {
        seen = signals.get();
        publish();
      } while (!signals.compareAndSet(seen, 0));
    }

    private void publish() {
      try {
        while (!done.get()) {
          if (illegalRequest) {
            fail(
                new IllegalArgumentException(
                    "The number of requested rows must be positive (Reactive Streams, rule 3.9)."));
          } else if (walk.isEnded() || (demand.get() > 0 && !walk.hasNext())) {
            complete();
          } else if (demand.get() > 0) {
            demand.getAndUpdate(left -> left == Long.MAX_VALUE ? left : left - 1);
            subscriber.onNext(walk.next());
          } else {
            return;
          }
        }
      } catch (Throwable e) {
        // Catches Throwable, because Kotlin code may throw checked exceptions.
        fail(e);
      }
    }

    private void complete() {
      if (done.compareAndSet(false, true)) {
        subscriber.onComplete();
      }
    }

    private void fail(Throwable e) {
      if (done.compareAndSet(false, true)) {
        walk.close();
        subscriber.onError(e);
      }
    }
  }
}
