/** Runs the suite as JUnit tests. */
package io.github.idc4j.conformance.junit;
