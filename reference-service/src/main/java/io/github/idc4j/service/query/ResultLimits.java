package io.github.idc4j.service.query;

/**
 * How many results a service keeps. The ones that were used longest ago are deleted first.
 *
 * @param results number of results
 * @param bytes bytes of their files
 */
public record ResultLimits(int results, long bytes) {

  /** Returns the default limits: 200 results, 10 GB. */
  public static ResultLimits standard() {
    return new ResultLimits(200, 10L << 30);
  }
}
