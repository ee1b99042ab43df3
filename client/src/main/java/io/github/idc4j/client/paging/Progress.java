package io.github.idc4j.client.paging;

import java.util.OptionalLong;

/**
 * The progress of a walk. Immutable.
 *
 * @param rows rows fetched so far, including those before a checkpoint
 * @param totalFound rows of the whole result according to the last page; empty before the first
 *     page, and if the service does not send it
 * @param pages pages fetched so far, including those before a checkpoint
 * @param polls 202 responses so far
 * @param totalChanged whether pages of this walk disagreed on the total, which violates the
 *     contract
 */
public record Progress(
    long rows, OptionalLong totalFound, int pages, int polls, boolean totalChanged) {}
