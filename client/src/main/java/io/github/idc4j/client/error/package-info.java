/**
 * The exceptions of the client. All of them are unchecked, immutable and serializable, and extend
 * {@link io.github.idc4j.client.error.IdcException}. Only the client creates them, except {@link
 * io.github.idc4j.client.error.CredentialsException}, which your own credentials may throw.
 */
@NullMarked
package io.github.idc4j.client.error;

import org.jspecify.annotations.NullMarked;
