package io.github.idc4j.client.internal.http;

import org.jspecify.annotations.Nullable;

/** The outcome of a request: either a value or an error response. */
record Outcome<R>(@Nullable R value, @Nullable ErrorResponse error) {}
