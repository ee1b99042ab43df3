package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.paging.PageToken;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The contents of the response body for a page.
 *
 * @param rows the rows; null if the body has no rows, which is an error
 * @param totalFound number of rows of the whole result; empty if the body does not contain the
 *     number
 * @param next token of the next page; empty if this is the last page
 */
public record PageContents<T>(
    @Nullable List<T> rows, OptionalLong totalFound, Optional<PageToken> next) {

  /** Returns the contents. If the token is null or empty, this is the last page. */
  public static <T> PageContents<T> of(
      @Nullable List<T> rows, @Nullable Long total, @Nullable String token) {
    return new PageContents<>(
        rows, total == null ? OptionalLong.empty() : OptionalLong.of(total), PageToken.of(token));
  }
}
