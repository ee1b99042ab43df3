package io.github.idc4j.conformance.rule;

/**
 * A rule.
 *
 * @param id identifier; never changes
 * @param text one sentence
 * @param source where it comes from: a section of the contract, an operation
 * @param sends what its check sends and compares; empty without a check
 * @param skipped when its check is skipped; empty where it never is
 * @param look what to look at in the service if the rule is broken; empty without a check
 * @param unchecked why no check can judge it; empty where one does
 */
public record Rule(
    String id,
    Level level,
    String text,
    String source,
    String sends,
    String skipped,
    String look,
    String unchecked) {}
