/**
 * The contents of a checkpoint. The public checkpoint class and the walks share this package, which
 * depends on no other package of the client.
 */
@NullMarked
package io.github.idc4j.client.internal.position;

import org.jspecify.annotations.NullMarked;
