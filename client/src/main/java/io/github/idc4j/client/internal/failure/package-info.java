/**
 * What an exception of the client is made of; a leaf, so that {@code error} depends on no logic.
 */
@NullMarked
package io.github.idc4j.client.internal.failure;

import org.jspecify.annotations.NullMarked;
