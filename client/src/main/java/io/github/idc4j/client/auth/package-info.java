/** Whom the client acts for. */
@NullMarked
package io.github.idc4j.client.auth;

import org.jspecify.annotations.NullMarked;
