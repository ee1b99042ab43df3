/**
 * Credentials of the user that the client acts for. Start with {@link
 * io.github.idc4j.client.auth.Credentials}.
 */
@NullMarked
package io.github.idc4j.client.auth;

import org.jspecify.annotations.NullMarked;
