/**
 * Runs of the suite, and their results. Start with {@link
 * io.github.idc4j.conformance.run.ConformanceRun}.
 */
package io.github.idc4j.conformance.run;
