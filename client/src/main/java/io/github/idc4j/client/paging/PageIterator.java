package io.github.idc4j.client.paging;

import io.github.idc4j.client.error.PagingException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** Follows the tokens from page to page: the one algorithm of all walks. */
final class PageIterator<T> implements Iterator<Page<T>> {

  private final PageSource.Fetcher<T> fetcher;
  private final Consumer<Progress> listener;
  private final long limit;
  private final Set<PageToken> seen = new HashSet<>();
  private Optional<PageToken> token;
  private boolean more;
  private long rows;
  private int pages;
  private int waits;
  private OptionalLong total = OptionalLong.empty();
  private boolean totalChanged;

  PageIterator(PageSource<T> source, Checkpoint start, long limit, Consumer<Progress> listener) {
    this.fetcher = source.begin(this::waited);
    this.listener = listener;
    this.limit = limit;
    this.token = start.token();
    this.token.ifPresent(seen::add);
    this.rows = start.rows() - start.rowsOfPage();
    this.pages = start.pages();
    this.more = !start.ended() && rows < limit;
  }

  private void waited() {
    waits++;
    tell();
  }

  private void tell() {
    listener.accept(new Progress(rows, total, pages, waits, totalChanged));
  }

  @Override
  public boolean hasNext() {
    return more;
  }

  /**
   * Fetches the next page. After a failure it can be called again, and asks for the same page.
   *
   * @throws PagingException if the service gave a token twice
   */
  @Override
  public Page<T> next() {
    if (!more) {
      throw new NoSuchElementException();
    }
    Page<T> page = fetcher.fetch(token, pages + 1);
    page.next().ifPresent(next -> refuseRepeated(page, next));
    pages++;
    rows += page.rows().size();
    token = page.next();
    more = token.isPresent() && rows < limit;
    if (page.totalFound().isPresent()) {
      totalChanged |= total.isPresent() && !total.equals(page.totalFound());
      total = page.totalFound();
    }
    tell();
    return page;
  }

  /** Ends the fetch under way, if there is one, and all later ones. */
  void stop() {
    fetcher.close();
  }

  private void refuseRepeated(Page<T> page, PageToken next) {
    if (!seen.add(next)) {
      throw new PagingException(
          "The service gave a page token that it had given before in this walk, which would never"
              + " end; it came with page "
              + page.info().number()
              + ".",
          Optional.of(next));
    }
  }
}
