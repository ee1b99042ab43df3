/** Filters of cohorts: constants of the attributes, and what can be asked of each. */
@NullMarked
package io.github.idc4j.client.filter;

import org.jspecify.annotations.NullMarked;
