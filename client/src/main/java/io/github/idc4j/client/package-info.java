/**
 * The client of the IDC REST API, version 1. Start with {@link io.github.idc4j.client.IdcClient}.
 */
@NullMarked
package io.github.idc4j.client;

import org.jspecify.annotations.NullMarked;
