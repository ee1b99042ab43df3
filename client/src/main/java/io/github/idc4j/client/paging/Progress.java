package io.github.idc4j.client.paging;

import java.util.OptionalLong;

/**
 * The progress of a walk. Immutable.
 *
 * @param rows number of rows fetched so far; in a resumed walk, this includes the rows before the
 *     checkpoint
 * @param totalFound number of rows of the whole result, from the latest page that contained the
 *     number; empty if no page contained it yet
 * @param pages number of pages fetched so far; in a resumed walk, this includes the pages before
 *     the checkpoint
 * @param polls number of 202 responses so far
 * @param totalChanged whether pages of this walk had different totals, which violates the contract
 */
public record Progress(
    long rows, OptionalLong totalFound, int pages, int polls, boolean totalChanged) {}
