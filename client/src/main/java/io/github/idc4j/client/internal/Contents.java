package io.github.idc4j.client.internal;

import io.github.idc4j.client.paging.PageToken;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the body of a page says. */
public record Contents<T>(List<T> rows, OptionalLong totalFound, Optional<PageToken> next) {}
