package io.github.idc4j.client.internal.http;

import org.jspecify.annotations.Nullable;

/** What a response gave: a value, or an error response. */
record Outcome<R>(@Nullable R value, @Nullable ErrorResponse error) {}
