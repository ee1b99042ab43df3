package io.github.idc4j.client.paging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Describes how a page was fetched. Immutable.
 *
 * @param number number of the page in its walk, starting with 1; a walk that resumes from a
 *     checkpoint continues the count
 * @param token token with which the page was requested; empty for a first page
 * @param status HTTP status code of the response, which is 200
 * @param headers headers of the response; the keys are the header names in lower case, and each
 *     name has its values in order
 * @param duration time from the first request for the page to the last byte of the response,
 *     including retries and polls
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

  /** Returns the components without the page token and the headers, because both may be secret. */
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
