/**
 * Filters for cohorts. Start with the constants in {@link
 * io.github.idc4j.client.filter.Attributes}.
 */
@NullMarked
package io.github.idc4j.client.filter;

import org.jspecify.annotations.NullMarked;
