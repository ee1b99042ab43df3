package io.github.idc4j.client.paging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a page was fetched. Immutable.
 *
 * @param number number of the page in its walk, from 1; after a checkpoint the count continues
 * @param token token that the page was requested with; empty for a first page
 * @param status HTTP status code of the response: 200
 * @param headers headers of the response: names in lower case, each with its values in order
 * @param duration from the first request for the page to the last byte, with retries and polling
 * @param attempts number of requests that were sent for the page
 * @param polls number of 202 responses before the page
 */
public record PageInfo(
    int number,
    Optional<PageToken> token,
    int status,
    Map<String, List<String>> headers,
    Duration duration,
    int attempts,
    int polls) {

  /** Returns everything except the headers, whose values may be secret. */
  @Override
  public String toString() {
    return "PageInfo[number="
        + number
        + ", status="
        + status
        + ", duration="
        + duration
        + ", attempts="
        + attempts
        + ", polls="
        + polls
        + "]";
  }
}
