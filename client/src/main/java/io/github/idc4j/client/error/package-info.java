/** What can go wrong. */
@NullMarked
package io.github.idc4j.client.error;

import org.jspecify.annotations.NullMarked;
