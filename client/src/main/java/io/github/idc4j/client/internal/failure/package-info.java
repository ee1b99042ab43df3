/**
 * The data of the client's exceptions. This package depends on no other package of the client, so
 * that {@code error} does not depend on the client's logic.
 */
@NullMarked
package io.github.idc4j.client.internal.failure;

import org.jspecify.annotations.NullMarked;
