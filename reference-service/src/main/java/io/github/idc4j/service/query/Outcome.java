package io.github.idc4j.service.query;

import io.github.idc4j.service.result.Result;

/** The outcome of waiting for a query. */
public sealed interface Outcome {

  /**
   * The query has finished. The caller must close the reader of the rows.
   *
   * @param from the number of the first row that the caller can read
   * @param to the number of the row after the last one that the caller can read
   */
  record Finished(Result.Reader rows, long from, long to) implements Outcome {}

  /** The query is still running, or the rows are not available yet. */
  record Unfinished() implements Outcome {}

  /** The query exceeds the {@link QueryLimits}, or its result the {@link ResultLimits}. */
  record Refused(String reason) implements Outcome {}

  /** The query failed. */
  record Failed(String reason) implements Outcome {}

  /** The rows come from a bucket that cannot be listed. A later call tries again. */
  record Unavailable(String reason) implements Outcome {}
}
