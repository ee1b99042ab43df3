package io.github.idc4j.client.paging;

import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The rows of a result, fetched page by page as they are asked for.
 *
 * <p>Making one sends nothing; each iteration begins anew. Immutable and safe for use by several
 * threads; an iterator, walk or stream of it is not.
 *
 * <pre>{@code
 * for (ManifestRow row : client.previewManifest(cohort, ManifestColumn.GCS_URL)) {
 *   System.out.println(row.gcsUrl());
 * }
 * }</pre>
 */
public final class Paged<T> implements Iterable<T> {

  private final PageSource<T> source;
  private final Checkpoint start;
  private final long limit;
  private final int ahead;
  private final Consumer<Progress> listener;

  private Paged(
      PageSource<T> source, Checkpoint start, long limit, int ahead, Consumer<Progress> listener) {
    this.source = source;
    this.start = start;
    this.limit = limit;
    this.ahead = ahead;
    this.listener = listener;
  }

  /** Returns the rows of a source's pages. */
  public static <T> Paged<T> of(PageSource<T> source) {
    return new Paged<>(source, start(source, Optional.empty()), Long.MAX_VALUE, 0, progress -> {});
  }

  private static Checkpoint start(PageSource<?> source, Optional<PageToken> token) {
    return new Checkpoint(source.fingerprint(), token, 0, 0, 0, false);
  }

  /**
   * Returns the first rows only; no page behind them is requested. Together with {@link #from},
   * rows before the checkpoint count.
   *
   * @param rows how many at most; 0 sends no request
   * @throws IllegalArgumentException if it is negative
   */
  public Paged<T> limit(long rows) {
    if (rows < 0) {
      throw new IllegalArgumentException("A limit is not negative, but this is " + rows);
    }
    return new Paged<>(source, start, rows, ahead, listener);
  }

  /**
   * Returns the same rows, with up to {@code pages} pages fetched ahead while rows are used. Pays
   * where both the service and the caller take their time; holds that many pages more in memory.
   *
   * @param pages 0 for none, the default
   * @throws IllegalArgumentException if it is negative
   */
  public Paged<T> prefetch(int pages) {
    if (pages < 0) {
      throw new IllegalArgumentException("Pages ahead are not negative, but this is " + pages);
    }
    return new Paged<>(source, start, limit, pages, listener);
  }

  /**
   * Returns the same rows, of whose walks the listener is told after each page and at each 202. It
   * is called by the thread that fetches, and what it throws ends the walk.
   */
  public Paged<T> onProgress(Consumer<Progress> newListener) {
    return new Paged<>(source, start, limit, ahead, newListener);
  }

  /**
   * Returns the rows that come after a checkpoint.
   *
   * @throws IllegalArgumentException if it is one of another result: another cohort, other columns,
   *     another service
   */
  public Paged<T> from(Checkpoint checkpoint) {
    if (!checkpoint.fingerprint().equals(source.fingerprint())) {
      throw new IllegalArgumentException(
          "The checkpoint is one of another walk; go on with the cohort, the columns or fields, and"
              + " the service that it was made with");
    }
    return new Paged<>(source, checkpoint, limit, ahead, listener);
  }

  /** Returns the rows in order. */
  @Override
  public Walk<T> iterator() {
    PageIterator<T> pages = pageIterator(start);
    if (ahead == 0) {
      return new Walk<>(source.fingerprint(), pages, pages::stop, start, limit);
    }
    Prefetch<T> prefetch = new Prefetch<>(pages, ahead, source.executor());
    return new Walk<>(source.fingerprint(), prefetch, prefetch::stop, start, limit);
  }

  private PageIterator<T> pageIterator(Checkpoint from) {
    return new PageIterator<>(source, from, limit, listener);
  }

  /** Returns the rows in order, as a sequential stream; closing it ends the walk. */
  public Stream<T> stream() {
    Walk<T> walk = iterator();
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(walk, Spliterator.ORDERED), false)
        .onClose(walk::close);
  }

  /**
   * Returns a publisher of the rows. Each subscriber has a walk of its own, on a thread of the
   * client; no page is requested before its first row is.
   */
  public Flow.Publisher<T> publisher() {
    return new RowPublisher<>(this::iterator, source.executor());
  }

  /**
   * Returns the pages in order; a checkpoint's page comes whole.
   *
   * <p>If fetching one fails, asking for it again sends a request again.
   */
  public Iterable<Page<T>> pages() {
    return () -> pages(start);
  }

  /** Returns the pages from the one that a token stands for, in order. */
  public Iterable<Page<T>> pages(PageToken token) {
    return () -> pages(start(source, Optional.of(token)));
  }

  private Iterator<Page<T>> pages(Checkpoint from) {
    PageIterator<T> pages = pageIterator(from);
    Iterator<Page<T>> fetched =
        ahead == 0 ? pages : new Prefetch<>(pages, ahead, source.executor());
    return new Iterator<>() {
      private long left = limit - (from.rows() - from.rowsOfPage());

      @Override
      public boolean hasNext() {
        return fetched.hasNext();
      }

      @Override
      public Page<T> next() {
        Page<T> page = fetched.next().shortenedTo(left);
        left -= page.rows().size();
        return page;
      }
    };
  }
}
