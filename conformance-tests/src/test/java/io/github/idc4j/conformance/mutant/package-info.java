/** Services with one seeded fault or legal variation each, and tests of the suite with them. */
package io.github.idc4j.conformance.mutant;
