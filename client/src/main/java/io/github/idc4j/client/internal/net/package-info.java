/** URLs, headers, and secrets in text. This package does not depend on the rest of the client. */
@NullMarked
package io.github.idc4j.client.internal.net;

import org.jspecify.annotations.NullMarked;
