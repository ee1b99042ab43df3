/** Requests, answers and waiting; not for use from outside. */
@NullMarked
package io.github.idc4j.client.internal;

import org.jspecify.annotations.NullMarked;
