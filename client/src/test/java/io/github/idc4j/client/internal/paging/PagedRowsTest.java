package io.github.idc4j.client.internal.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.idc4j.client.internal.position.Position;
import io.github.idc4j.client.paging.Checkpoint;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageInfo;
import io.github.idc4j.client.paging.PageToken;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.client.paging.Progress;
import io.github.idc4j.client.paging.Walk;
import io.github.idc4j.client.testing.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests when pages are fetched, and which calls a listener receives. The rows are ten numbers, in
 * pages of three.
 */
class PagedRowsTest {

  private static final PageSource.Options OPTIONS =
      new PageSource.Options(3, TestSettings.of(new FakeTime()));

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Numbers source = new Numbers(threads, new LinkedBlockingQueue<>());
  private final Paged<Long> paged = PagedRows.of(source, OPTIONS);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** Records the number of each page that is fetched. */
  private record Numbers(Executor executor, BlockingQueue<Integer> fetched)
      implements PageSource<Long> {

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
      return CompletableFuture.completedFuture(start(options, () -> {}).fetch(token, 1));
    }

    @Override
    public PageFetcher<Long> start(Options options, Runnable onPending) {
      return new PageFetcher<>() {
        @Override
        public Page<Long> fetch(Optional<PageToken> token, int number) {
          fetched.add(number);
          if (number == 2) {
            onPending.run();
          }
          long from = token.map(text -> Long.parseLong(text.text())).orElse(0L);
          long to = Math.min(from + 3, 10);
          return new Page<>(
              LongStream.range(from, to).boxed().toList(),
              OptionalLong.of(number < 4 ? 10 : 11),
              to < 10 ? Optional.of(new PageToken(Long.toString(to))) : Optional.empty(),
              new PageInfo(number, token, 200, Map.of(), Duration.ZERO, 1, 0));
        }

        @Override
        public void close() {}
      };
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 9, 10, 11})
  void fetchesNoMoreThanTheLimitNeeds(int limit) {
    assertThat(paged.limit(limit)).hasSize(Math.min(limit, 10));
    assertThat(source.fetched()).hasSize((Math.min(limit, 10) + 2) / 3);
    assertThat(rows(paged.limit(limit).pages())).hasSize(Math.min(limit, 10));
  }

  private static List<Long> rows(Iterable<Page<Long>> pages) {
    List<Long> rows = new ArrayList<>();
    pages.forEach(page -> rows.addAll(page.rows()));
    return rows;
  }

  @Test
  void limitsTheRowsOfEachWalk() {
    Walk<Long> walk = paged.iterator();
    for (int i = 0; i < 5; i++) {
      walk.next();
    }

    assertThat(paged.limit(4).resumeFrom(walk.checkpoint())).containsExactly(5L, 6L, 7L, 8L);
    assertThat(rows(paged.resumeFrom(walk.checkpoint()).limit(3).pages()))
        .containsExactly(5L, 6L, 7L);
    Walk<Long> limited = paged.limit(2).iterator();
    limited.forEachRemaining(row -> {});
    assertThat(paged.resumeFrom(limited.checkpoint())).startsWith(2L).hasSize(8);
  }

  @Test
  void tellsTheProgress() {
    List<Progress> told = new ArrayList<>();
    assertThat(paged.onProgress(told::add)).hasSize(10);

    assertThat(told)
        .containsExactly(
            new Progress(3, OptionalLong.of(10), 1, 0, false),
            new Progress(3, OptionalLong.of(10), 1, 1, false),
            new Progress(6, OptionalLong.of(10), 2, 1, false),
            new Progress(9, OptionalLong.of(10), 3, 1, false),
            new Progress(10, OptionalLong.of(11), 4, 1, true));
  }

  @Test
  void fetchesAheadButNoFurtherThanAsked() {
    // This executor runs background tasks immediately, so no page is still being fetched when the
    // test counts the pages.
    Numbers atOnce = new Numbers(Runnable::run, new LinkedBlockingQueue<>());
    Walk<Long> walk = PagedRows.of(atOnce, OPTIONS).prefetch(2).iterator();
    assertThat(atOnce.fetched()).isEmpty();

    walk.next();
    assertThat(atOnce.fetched()).containsExactly(1, 2, 3);
    assertThat(walk).toIterable().hasSize(9);
  }

  @Test
  void fetchesNothingMoreOnceTheStreamIsClosed() {
    try (Stream<Long> stream = paged.stream()) {
      assertThat(stream.limit(4)).hasSize(4);
    }
    assertThat(source.fetched()).hasSize(2);
  }

  @Test
  void saysHowThePageCame() {
    Walk<Long> walk = paged.iterator();
    assertThat(walk.page()).isEmpty();
    walk.next();
    assertThat(walk.page().orElseThrow().number()).isEqualTo(1);
    assertThat(walk.page().orElseThrow().token()).isEmpty();
  }

  @Test
  void countsTheRowsLeftInThePage() {
    Walk<Long> walk = paged.limit(8).iterator();
    List<Integer> left = new ArrayList<>(List.of(walk.rowsLeftInPage()));
    while (walk.hasNext()) {
      walk.next();
      left.add(walk.rowsLeftInPage());
    }

    // Pages have three rows. The limit cuts the last page.
    assertThat(left).containsExactly(0, 2, 1, 0, 2, 1, 0, 1, 0);
    assertThat(source.fetched()).hasSize(3);
  }

  @Test
  void readsACheckpointFromItsText() {
    Walk<Long> walk = paged.iterator();
    walk.next();
    Checkpoint checkpoint = walk.checkpoint();

    assertThat(Checkpoint.parse(" " + checkpoint.text() + "\n")).isEqualTo(checkpoint);
    assertThat(checkpoint.text()).matches("idc4j1\\.[A-Za-z0-9_-]+");
    assertThat(checkpoint).hasToString("Checkpoint[rows=1, pages=0, complete=false]");
  }

  @Test
  void givesNothingAfterTheEnd() {
    Walk<Long> walk = paged.iterator();
    walk.forEachRemaining(row -> {});
    int before = source.fetched().size();

    assertThat(paged.resumeFrom(walk.checkpoint())).isEmpty();
    assertThat(source.fetched()).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "idc4j1.", "idc4j1.!!", "idc4j1.YQ", "idc4j2.YQ"})
  void refusesATextThatIsNoCheckpoint(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checkpoint.parse(text))
        .withMessage(
            "The text is not a checkpoint. Pass the whole text that Checkpoint.text() returned; it"
                + " starts with idc4j1.");
  }

  @Test
  void refusesACheckpointOfAnotherWalk() {
    Checkpoint other = Checkpoint.parse(Position.start("others").text());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> paged.resumeFrom(other))
        .withMessageContaining("another result");
  }

  @Test
  void refusesNegativeSizes() {
    assertThatIllegalArgumentException().isThrownBy(() -> paged.limit(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> paged.prefetch(-1));
  }
}
