/** The checks of the conformance suite, grouped by area. */
package io.github.idc4j.conformance.internal.check;
