package io.github.idc4j.client.internal;

import io.github.idc4j.client.paging.PageSource;
import io.github.idc4j.client.paging.PageToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import okhttp3.Request;
import okio.Buffer;
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
    Function<P, Contents<T>> page,
    Class<A> acceptedType,
    Function<A, @Nullable String> acceptedToken) {

  private static final int FINGERPRINT_LENGTH = 16;

  /** Returns the walks of this family over a transport. */
  public PageSource<T> over(Transport transport) {
    String fingerprint = fingerprint();
    return new PageSource<>() {
      @Override
      public Fetcher<T> begin(Runnable onWait) {
        return new PageFetcher<>(transport, Family.this, onWait);
      }

      @Override
      public String fingerprint() {
        return fingerprint;
      }

      @Override
      public Executor executor() {
        return transport.executor();
      }
    };
  }

  /** The page size may change between a checkpoint and what goes on from it. */
  private String fingerprint() {
    try (Buffer buffer = new Buffer()) {
      buffer.writeUtf8(
          begin.method()
              + " "
              + begin.url().newBuilder().removeAllQueryParameters("page_size").build()
              + "\n");
      if (begin.body() != null) {
        begin.body().writeTo(buffer);
      }
      return buffer.sha256().hex().substring(0, FINGERPRINT_LENGTH);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
