package io.github.idc4j.service.query;

/**
 * The limits for the results that a service keeps. When there are too many results, the least
 * recently used results are deleted first.
 *
 * @param results the maximum number of results
 * @param resultsPerUser the maximum number of results for each user; all anonymous callers together
 *     count as one user
 * @param rows the maximum number of rows in a result; a request for more rows is refused with 400
 * @param bytes the maximum total size of all results: the length of their files or, for results
 *     without a file, the size of their data in the engine, in bytes
 */
public record ResultLimits(int results, int resultsPerUser, long rows, long bytes) {

  /** Validates the limits. */
  public ResultLimits {
    if (results < 1 || resultsPerUser < 1 || rows < 1 || bytes < 1) {
      throw new IllegalArgumentException("The limits of results must be positive.");
    }
  }

  /**
   * Returns the default limits: 1,000 results, 200 results for each user, 100 million rows in a
   * result, and files with 10 GiB in total.
   */
  public static ResultLimits standard() {
    return new ResultLimits(1000, 200, 100_000_000, 10L << 30);
  }
}
