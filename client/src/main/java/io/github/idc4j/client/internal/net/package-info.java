/** URLs, headers, and secrets in texts; knows nothing else of the client. */
@NullMarked
package io.github.idc4j.client.internal.net;

import org.jspecify.annotations.NullMarked;
