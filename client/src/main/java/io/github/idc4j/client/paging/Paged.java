package io.github.idc4j.client.paging;

import io.github.idc4j.client.error.PagingException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a result, fetched page by page as they are asked for.
 *
 * <p>Making one sends nothing; each iteration begins anew. Immutable and safe for use by several
 * threads; an iterator or stream of it is not.
 *
 * <pre>{@code
 * for (ManifestRow row : client.previewManifest(cohort, ManifestColumn.GCS_URL)) {
 *   System.out.println(row.gcsUrl());
 * }
 * }</pre>
 */
public final class Paged<T> implements Iterable<T> {

  private final PageSource<T> source;

  private Paged(PageSource<T> source) {
    this.source = source;
  }

  /** Returns the rows of a source's pages. */
  public static <T> Paged<T> of(PageSource<T> source) {
    return new Paged<>(source);
  }

  /**
   * Returns the rows in order. A page is requested when its first row is asked for; the errors of
   * the client's requests come from {@code hasNext} and {@code next}.
   */
  @Override
  public Iterator<T> iterator() {
    return new Rows<>(pages().iterator());
  }

  /** Returns the rows in order, as a sequential stream; it requests like {@link #iterator}. */
  public Stream<T> stream() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED), false);
  }

  /** Returns the pages in order. */
  public Iterable<Page<T>> pages() {
    return () -> new Pages<>(source, source::first, Optional.empty());
  }

  /** Returns the pages from the one that a token stands for, in order. */
  public Iterable<Page<T>> pages(PageToken token) {
    return () -> new Pages<>(source, () -> source.next(token), Optional.of(token));
  }

  private static final class Rows<T> implements Iterator<T> {

    private final Iterator<Page<T>> pages;
    private Iterator<T> rows = Collections.emptyIterator();

    Rows(Iterator<Page<T>> pages) {
      this.pages = pages;
    }

    @Override
    public boolean hasNext() {
      // An empty page is not the end.
      while (!rows.hasNext() && pages.hasNext()) {
        rows = pages.next().rows().iterator();
      }
      return rows.hasNext();
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return rows.next();
    }
  }

  private static final class Pages<T> implements Iterator<Page<T>> {

    private final PageSource<T> source;
    private final Set<PageToken> seen = new HashSet<>();
    private @Nullable Supplier<Page<T>> following;

    Pages(PageSource<T> source, Supplier<Page<T>> first, Optional<PageToken> token) {
      this.source = source;
      this.following = first;
      token.ifPresent(seen::add);
    }

    @Override
    public boolean hasNext() {
      return following != null;
    }

    @Override
    public Page<T> next() {
      if (following == null) {
        throw new NoSuchElementException();
      }
      Page<T> page = following.get();
      following = page.next().map(this::fetch).orElse(null);
      return page;
    }

    private Supplier<Page<T>> fetch(PageToken token) {
      if (!seen.add(token)) {
        throw new PagingException(
            "The service gave a page token that it had given before in this walk, which would never"
                + " end; "
                + seen.size()
                + " pages were fetched.");
      }
      return () -> source.next(token);
    }
  }
}
