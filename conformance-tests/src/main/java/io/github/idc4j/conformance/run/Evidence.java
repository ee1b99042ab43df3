package io.github.idc4j.conformance.run;

import java.util.Optional;

/**
 * The request of a failed check and its response, for a person who investigates. It never has an ID
 * token.
 *
 * @param request the last request: method, URL, headers and body
 * @param response status code, headers and the beginning of the body; empty without a response
 * @param pointer JSON pointer of the place in the response body; empty without a place
 * @param expected expected value; empty if no two values were compared
 * @param actual actual value; empty if no two values were compared
 * @param curl shell command that sends the request again and prints the response with its headers;
 *     it replaces a page token or a saved cohort by the command that gets one, and an ID token by
 *     an environment variable
 */
public record Evidence(
    String request,
    Optional<String> response,
    Optional<String> pointer,
    Optional<String> expected,
    Optional<String> actual,
    String curl) {}
