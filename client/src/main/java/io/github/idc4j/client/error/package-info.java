/**
 * The exceptions of the client. All of them are unchecked, immutable and serializable, and extend
 * {@link io.github.idc4j.client.error.IdcException}. The client creates all of them. In addition,
 * your own credentials may throw {@link io.github.idc4j.client.error.CredentialsException}.
 */
@NullMarked
package io.github.idc4j.client.error;

import org.jspecify.annotations.NullMarked;
