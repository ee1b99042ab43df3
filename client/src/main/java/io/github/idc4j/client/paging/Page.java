package io.github.idc4j.client.paging;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A page of a result.
 *
 * @param rows its rows, in order; may be fewer than were asked for, or none, with more to come
 * @param totalFound number of rows of the whole result; empty if the service did not say it
 * @param next the token of the next page; empty at the end, and only there
 * @param info how it came
 */
public record Page<T>(
    List<T> rows, OptionalLong totalFound, Optional<PageToken> next, PageInfo info) {

  Page<T> shortenedTo(long size) {
    return size < rows.size()
        ? new Page<>(rows.subList(0, (int) size), totalFound, next, info)
        : this;
  }
}
