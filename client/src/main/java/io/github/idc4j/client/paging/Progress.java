package io.github.idc4j.client.paging;

import java.util.OptionalLong;

/**
 * The progress of a walk. Immutable.
 *
 * @param rows rows fetched so far; in a resumed walk, including those before its checkpoint
 * @param totalFound total number of rows in the result, from the latest page that had it; empty if
 *     no page had it yet
 * @param pages pages fetched so far; in a resumed walk, including those before its checkpoint
 * @param polls 202 responses so far
 * @param totalChanged whether pages of this walk disagreed on the total, which violates the
 *     contract
 */
public record Progress(
    long rows, OptionalLong totalFound, int pages, int polls, boolean totalChanged) {}
