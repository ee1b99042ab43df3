/**
 * A property test of any service of version 1: random filters, and an oracle that evaluates them in
 * plain Java. {@link io.github.idc4j.oracle.RandomFilters} runs it.
 */
package io.github.idc4j.oracle;
