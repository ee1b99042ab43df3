package io.github.idc4j.client.paging;

import java.util.OptionalLong;

/**
 * How far a walk has come.
 *
 * @param rows rows fetched so far, those before a checkpoint included
 * @param total rows of the whole result, as the newest page says; empty if none said it yet
 * @param pages pages fetched so far
 * @param waits answers 202 so far
 * @param totalChanged whether pages of this walk disagreed on the total, which they never should
 */
public record Progress(long rows, OptionalLong total, int pages, int waits, boolean totalChanged) {}
