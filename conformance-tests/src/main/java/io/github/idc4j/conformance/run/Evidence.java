package io.github.idc4j.conformance.run;

import java.util.Optional;

/**
 * The last request of a check with a finding, and the response, for a person who investigates the
 * finding. Contains no ID token.
 *
 * @param operation identifier of the operation that the request calls; empty if the request calls
 *     none
 * @param request method, URL, headers and body of the request
 * @param response status code, headers and the beginning of the body; empty if there is no response
 * @param pointer JSON pointer to the violation in the response body; empty if the violation
 *     concerns no particular part of the body
 * @param expected the expected value, with a list as a JSON array; empty if the check compared no
 *     values
 * @param actual the actual value, with a list as a JSON array; empty if the check compared no
 *     values
 * @param curl shell commands that send the request again and print the response with its headers.
 *     If the request needs a page token or a saved cohort, the commands first get a new page token
 *     or save a cohort, which they delete again. The commands read ID tokens from environment
 *     variables.
 */
public record Evidence(
    Optional<String> operation,
    String request,
    Optional<String> response,
    Optional<String> pointer,
    Optional<String> expected,
    Optional<String> actual,
    String curl) {}
