package io.github.idc4j.conformance.rule;

/**
 * A rule.
 *
 * @param id identifier; never changes
 * @param text one sentence
 * @param source where it comes from: a section of the contract, an operation
 */
public record Rule(String id, Level level, String text, String source) {}
