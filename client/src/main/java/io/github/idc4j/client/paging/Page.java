package io.github.idc4j.client.paging;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A page of a result. Immutable.
 *
 * @param rows rows in order; there may be fewer rows than requested, or no rows, even if this is
 *     not the last page
 * @param totalFound number of rows of the whole result; empty if the service did not send the
 *     number
 * @param next token of the next page; empty only on the last page
 * @param info how the page was fetched
 */
public record Page<T>(
    List<T> rows, OptionalLong totalFound, Optional<PageToken> next, PageInfo info) {}
