package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.internal.http.Failures;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageInfo;
import io.github.idc4j.client.paging.PageToken;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.client.testing.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.stream.LongStream;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.Test;

/** Runs the Reactive Streams TCK with a publisher of rows, in pages of three. */
@Test
public class PublisherTckTest extends FlowPublisherVerification<Long> {

  private static final int PAGE_SIZE = 3;
  private static final long SIGNAL_MILLIS = 1000;
  private static final long SILENCE_MILLIS = 50;

  private static final PageSource.Options OPTIONS =
      new PageSource.Options(PAGE_SIZE, TestSettings.of(new FakeTime()));

  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Creates the test with its timeouts. */
  public PublisherTckTest() {
    super(new TestEnvironment(SIGNAL_MILLIS, SILENCE_MILLIS));
  }

  /** Stops the threads. */
  @AfterClass
  public void stop() {
    threads.shutdownNow();
  }

  @Override
  public Flow.Publisher<Long> createFlowPublisher(long elements) {
    return PagedRows.of(new Numbers(elements, threads), OPTIONS).publisher();
  }

  @Override
  public Flow.Publisher<Long> createFailedFlowPublisher() {
    return subscriber -> {
      Paged<Long> failing = PagedRows.of(new Numbers(-1, threads), OPTIONS);
      failing
          .publisher()
          .subscribe(
              new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                  subscriber.onSubscribe(subscription);
                  subscription.request(1);
                }

                @Override
                public void onNext(Long row) {
                  subscriber.onNext(row);
                }

                @Override
                public void onError(Throwable thrown) {
                  subscriber.onError(thrown);
                }

                @Override
                public void onComplete() {
                  subscriber.onComplete();
                }
              });
    };
  }

  /**
   * Provides the numbers from 0 to {@code count - 1}. If {@code count} is negative, the first fetch
   * fails.
   */
  private record Numbers(long count, Executor executor) implements PageSource<Long> {

    @Override
    public String fingerprint() {
      return "numbers";
    }

    @Override
    public String operation() {
      return "listNumbers";
    }

    @Override
    public CompletableFuture<Page<Long>> submit(Options options, Optional<PageToken> token) {
      throw new UnsupportedOperationException("The publisher walks.");
    }

    @Override
    public PageFetcher<Long> start(Options options, Runnable onPending) {
      return new PageFetcher<>() {
        @Override
        public Page<Long> fetch(Optional<PageToken> token, int number) {
          if (count < 0) {
            throw Failures.paging("listNumbers", "no pages");
          }
          long from = token.map(text -> Long.parseLong(text.text())).orElse(0L);
          long to = Math.min(from + PAGE_SIZE, count);
          List<Long> rows = LongStream.range(from, to).boxed().toList();
          return new Page<>(
              rows,
              OptionalLong.of(count),
              to < count ? Optional.of(new PageToken(Long.toString(to))) : Optional.empty(),
              new PageInfo(number, token, 200, Map.of(), Duration.ZERO, 1, 0));
        }

        @Override
        public void close() {}
      };
    }
  }
}
