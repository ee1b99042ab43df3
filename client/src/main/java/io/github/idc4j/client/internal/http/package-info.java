/** Sends requests: deadlines, retries, credentials, decoding. */
@NullMarked
package io.github.idc4j.client.internal.http;

import org.jspecify.annotations.NullMarked;
