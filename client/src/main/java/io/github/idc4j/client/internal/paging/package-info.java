/**
 * Walks over the pages of a result: one algorithm for all operations, and a description of each
 * paged operation.
 */
@NullMarked
package io.github.idc4j.client.internal.paging;

import org.jspecify.annotations.NullMarked;
