/**
 * Services with a fault, or an oddity, of their own, and the proof of what the suite says of them.
 */
package io.github.idc4j.conformance.mutant;
