package io.github.idc4j.client.paging;

/** Gets pages. Each call sends requests, and waits where the service is not ready. */
public interface PageSource<T> {

  /** Gets the first page. */
  Page<T> first();

  /** Gets the page that a token stands for. */
  Page<T> next(PageToken token);
}
