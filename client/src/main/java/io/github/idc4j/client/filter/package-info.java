/**
 * Filters of cohorts. Start with the constants of {@link io.github.idc4j.client.filter.Attributes}.
 */
@NullMarked
package io.github.idc4j.client.filter;

import org.jspecify.annotations.NullMarked;
