/**
 * Runs of the suite and their results. {@link io.github.idc4j.conformance.run.ConformanceRun} is
 * the entry point.
 */
package io.github.idc4j.conformance.run;
