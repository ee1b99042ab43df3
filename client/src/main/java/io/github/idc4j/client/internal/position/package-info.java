/** The content of a checkpoint; a leaf, which the public checkpoint and the walks share. */
@NullMarked
package io.github.idc4j.client.internal.position;

import org.jspecify.annotations.NullMarked;
