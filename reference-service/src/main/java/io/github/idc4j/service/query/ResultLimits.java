package io.github.idc4j.service.query;

/**
 * How many results a service keeps. The least recently used results are deleted first.
 *
 * @param results the maximum number of results
 * @param resultsPerUser the maximum number of results that one user requested; anonymous callers
 *     count as one user
 * @param rows the maximum number of rows of a result; a query with more rows fails
 * @param bytes the maximum number of bytes of all files of results
 */
public record ResultLimits(int results, int resultsPerUser, long rows, long bytes) {

  /** Returns the default limits: 1,000 results, 200 of each user, 100 million rows, 10 GB. */
  public static ResultLimits standard() {
    return new ResultLimits(1000, 200, 100_000_000, 10L << 30);
  }
}
