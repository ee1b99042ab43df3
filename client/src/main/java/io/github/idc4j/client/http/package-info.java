/** Settings and events of HTTP requests: retries, observation of attempts, raw responses. */
@NullMarked
package io.github.idc4j.client.http;

import org.jspecify.annotations.NullMarked;
