package io.github.idc4j.client.paging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a page came.
 *
 * @param number its place in the walk, from 1; a walk that goes on from a checkpoint counts on
 * @param token the token that it was asked for by; empty for a first page
 * @param status HTTP status of the answer, 200
 * @param headers headers of the answer by lower-case name
 * @param duration from the first request for it to its last byte, waits included
 * @param attempts requests that were sent for it
 * @param waits answers 202 before it
 */
public record PageInfo(
    int number,
    Optional<PageToken> token,
    int status,
    Map<String, List<String>> headers,
    Duration duration,
    int attempts,
    int waits) {}
