/** Runs the conformance suite against a service. */
package io.github.idc4j.conformance;
