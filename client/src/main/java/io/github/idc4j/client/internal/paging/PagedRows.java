package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.internal.http.CallSettings;
import io.github.idc4j.client.internal.http.Transport;
import io.github.idc4j.client.internal.net.Checks;
import io.github.idc4j.client.internal.position.Position;
import io.github.idc4j.client.paging.AsyncPaged;
import io.github.idc4j.client.paging.Checkpoint;
import io.github.idc4j.client.paging.CloseableIterator;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageToken;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.client.paging.Pages;
import io.github.idc4j.client.paging.Progress;
import io.github.idc4j.client.paging.Walk;
import java.time.Duration;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The rows of a page source, with the settings for walks. */
public final class PagedRows<T> implements Paged<T> {

  private final PageSource<T> source;
  private final PageSource.Options options;
  private final Position start;
  private final long limit;
  private final int ahead;
  private final Consumer<Progress> listener;

  private PagedRows(
      PageSource<T> source,
      PageSource.Options options,
      Position start,
      long limit,
      int ahead,
      Consumer<Progress> listener) {
    this.source = source;
    this.options = options;
    this.start = start;
    this.limit = limit;
    this.ahead = ahead;
    this.listener = listener;
  }

  /** Returns the rows of a paged operation, with the settings of the client. */
  public static <T> PagedRows<T> of(
      Transport transport, PagedEndpoint<T, ?, ?> endpoint, int pageSize) {
    return of(
        new HttpPageSource<>(transport, endpoint),
        new PageSource.Options(pageSize, transport.settings()));
  }

  static <T> PagedRows<T> of(PageSource<T> source, PageSource.Options options) {
    return new PagedRows<>(
        source, options, Position.start(source.fingerprint()), Long.MAX_VALUE, 0, progress -> {});
  }

  private PagedRows<T> with(int size, CallSettings settings) {
    return new PagedRows<>(
        source, new PageSource.Options(size, settings), start, limit, ahead, listener);
  }

  @Override
  public Paged<T> pageSize(int rows) {
    return with(Checks.positive("pageSize", rows), options.settings());
  }

  @Override
  public Paged<T> walkTimeout(Duration time) {
    return with(
        options.size(), options.settings().withWalkTimeout(Checks.positive("walkTimeout", time)));
  }

  @Override
  public Paged<T> totalTimeout(Duration time) {
    return with(
        options.size(), options.settings().withTotalTimeout(Checks.positive("totalTimeout", time)));
  }

  @Override
  public Paged<T> retryPolicy(RetryPolicy policy) {
    return with(options.size(), options.settings().withRetryPolicy(policy));
  }

  @Override
  public Paged<T> limit(long rows) {
    return new PagedRows<>(
        source, options, start, Checks.notNegative("limit", rows), ahead, listener);
  }

  @Override
  public Paged<T> prefetch(int pages) {
    return new PagedRows<>(
        source, options, start, limit, (int) Checks.notNegative("prefetch", pages), listener);
  }

  @Override
  public Paged<T> onProgress(Consumer<Progress> newListener) {
    return new PagedRows<>(source, options, start, limit, ahead, newListener);
  }

  @Override
  public Paged<T> resumeFrom(Checkpoint checkpoint) {
    if (!checkpoint.fingerprint().equals(source.fingerprint())) {
      throw new IllegalArgumentException(
          "The checkpoint belongs to another result. Resume with the same service, cohort, and"
              + " columns or fields that it was made with.");
    }
    return new PagedRows<>(
        source, options, Position.parse(checkpoint.text()), limit, ahead, listener);
  }

  @Override
  public Walk<T> iterator() {
    return walk();
  }

  private RowWalk<T> walk() {
    return new RowWalk<>(pageWalk(start));
  }

  private PageWalk<T> pageWalk(Position from) {
    PageIterator<T> pages = new PageIterator<>(source, options, from, limit, listener);
    if (ahead == 0) {
      return new PageWalk<>(pages, pages::stop, from, limit);
    }
    Prefetch<T> prefetch = new Prefetch<>(pages, source.operation(), ahead, source.executor());
    return new PageWalk<>(prefetch, prefetch::stop, from, limit);
  }

  @Override
  public Stream<T> stream() {
    return stream(iterator());
  }

  private static <E> Stream<E> stream(CloseableIterator<E> elements) {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(elements, Spliterator.ORDERED), false)
        .onClose(elements::close);
  }

  @Override
  public Optional<String> sql() {
    return source.sql(options);
  }

  @Override
  public Flow.Publisher<T> publisher() {
    return new RowPublisher<>(this::walk, source.executor());
  }

  @Override
  public Pages<T> pages() {
    return pagesFrom(start);
  }

  @Override
  public Pages<T> pages(PageToken token) {
    return pagesFrom(Position.start(source.fingerprint()).with(token.text()));
  }

  private Pages<T> pagesFrom(Position from) {
    return new Pages<>() {
      @Override
      public CloseableIterator<Page<T>> iterator() {
        return pageWalk(from);
      }

      @Override
      public Stream<Page<T>> stream() {
        return PagedRows.stream(iterator());
      }
    };
  }

  @Override
  public AsyncPaged<T> async() {
    return new AsyncPaged<>() {
      @Override
      public CompletableFuture<Page<T>> firstPage() {
        return source.submit(options, Optional.empty());
      }

      @Override
      public CompletableFuture<Page<T>> page(PageToken token) {
        return source.submit(options, Optional.of(token));
      }

      @Override
      public Flow.Publisher<T> publisher() {
        return PagedRows.this.publisher();
      }
    };
  }
}
