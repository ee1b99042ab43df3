/**
 * A client for version 1 of the IDC REST API. Start with {@link io.github.idc4j.client.IdcClient}.
 */
@NullMarked
package io.github.idc4j.client;

import org.jspecify.annotations.NullMarked;
