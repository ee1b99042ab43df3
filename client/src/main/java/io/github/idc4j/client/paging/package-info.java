/**
 * Results that the service returns page by page. Start with {@link
 * io.github.idc4j.client.paging.Paged}.
 */
@NullMarked
package io.github.idc4j.client.paging;

import org.jspecify.annotations.NullMarked;
