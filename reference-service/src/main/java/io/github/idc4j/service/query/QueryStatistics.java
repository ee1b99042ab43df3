package io.github.idc4j.service.query;

/**
 * What queries and results use at one time.
 *
 * @param running the number of queries that run
 * @param queued the number of queries that wait until they can run
 * @param results the number of results, including those whose query has not finished or failed
 * @param resultBytes the bytes of the results that are in files or that the engine keeps; small
 *     results are in memory
 */
public record QueryStatistics(int running, int queued, int results, long resultBytes) {}
