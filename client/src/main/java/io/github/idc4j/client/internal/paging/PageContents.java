package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.paging.PageToken;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a page says.
 *
 * @param rows null if the body has none, which is an error
 * @param totalFound number of rows of the whole result; empty if the body does not say
 * @param next token of the next page; empty at the end
 */
public record PageContents<T>(
    @Nullable List<T> rows, OptionalLong totalFound, Optional<PageToken> next) {

  /** Returns the contents; a null, empty, or absent token means the end. */
  public static <T> PageContents<T> of(
      @Nullable List<T> rows, @Nullable Long total, @Nullable String token) {
    return new PageContents<>(
        rows, total == null ? OptionalLong.empty() : OptionalLong.of(total), PageToken.of(token));
  }
}
