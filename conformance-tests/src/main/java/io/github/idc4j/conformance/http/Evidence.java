package io.github.idc4j.conformance.http;

import java.util.Optional;

/**
 * What a failed check met, for a person who looks into it; never an ID token.
 *
 * @param request the last request: method, address, headers and body
 * @param answer status, headers and the beginning of the body; empty where none came
 * @param pointer JSON pointer of the place in the answer's body, where the failure has one
 * @param expected value that was expected, where two were compared
 * @param seen value that was seen instead
 * @param curl shell command that sends the last request again and prints the answer with its head;
 *     a page token or a saved cohort in it is replaced by the command that gets one, an ID token by
 *     a variable of the environment
 */
public record Evidence(
    String request,
    Optional<String> answer,
    Optional<String> pointer,
    Optional<String> expected,
    Optional<String> seen,
    String curl) {}
