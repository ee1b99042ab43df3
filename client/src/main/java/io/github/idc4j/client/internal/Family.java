package io.github.idc4j.client.internal;

import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageToken;
import java.util.function.Function;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * What tells one walk from another: how it begins, how it goes on, where rows and tokens are.
 *
 * @param operation the operation that begins it
 * @param begin the request of the first page
 * @param next the request of the page of a token
 * @param pageType what an answer of status 200 is
 * @param page rows, count and token of such an answer
 * @param acceptedType what an answer of status 202 is
 * @param acceptedToken the token of such an answer; null or empty if it has none
 */
public record Family<T, P, A>(
    String operation,
    Request begin,
    Function<PageToken, Request> next,
    Class<P> pageType,
    Function<P, Page<T>> page,
    Class<A> acceptedType,
    Function<A, @Nullable String> acceptedToken) {}
