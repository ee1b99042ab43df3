package io.github.idc4j.conformance.run;

import java.util.Optional;

/**
 * The request of a failed check and its response, for a person who investigates. It never has an ID
 * token.
 *
 * @param operation identifier of the operation of the request; empty if it calls none
 * @param request the last request: method, URL, headers and body
 * @param response status code, headers and the beginning of the body; empty without a response
 * @param pointer JSON pointer of the place in the response body; empty without a place
 * @param expected expected value, a list as a JSON array; empty if no two values were compared
 * @param actual actual value, a list as a JSON array; empty if no two values were compared
 * @param curl shell commands that send the request again and print the response with its headers;
 *     they get a new page token, or save a cohort and delete it again, where the request needs one,
 *     and read an ID token from an environment variable
 */
public record Evidence(
    Optional<String> operation,
    String request,
    Optional<String> response,
    Optional<String> pointer,
    Optional<String> expected,
    Optional<String> actual,
    String curl) {}
