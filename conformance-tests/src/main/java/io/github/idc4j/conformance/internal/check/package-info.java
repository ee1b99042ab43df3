/** The checks, by area. */
package io.github.idc4j.conformance.internal.check;
