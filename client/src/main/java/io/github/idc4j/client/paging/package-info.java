/** Results that come page by page. */
@NullMarked
package io.github.idc4j.client.paging;

import org.jspecify.annotations.NullMarked;
