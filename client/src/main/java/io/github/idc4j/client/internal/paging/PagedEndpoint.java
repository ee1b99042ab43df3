package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.internal.http.PreparedRequest;
import io.github.idc4j.client.paging.PageToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import okhttp3.Request;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What distinguishes one paged operation from another: its requests, and where rows and tokens are.
 *
 * @param first the request of the first page
 * @param next the request of the page with a token
 * @param pageType type of a response of status code 200
 * @param contents the contents of such a response; null if it lacks the part that has the rows
 * @param acceptedType type of a response of status code 202
 * @param acceptedToken the token of such a response; null or empty if it has none
 */
public record PagedEndpoint<T, P, A>(
    PreparedRequest first,
    Function<PageToken, PreparedRequest> next,
    Class<P> pageType,
    Function<P, @Nullable PageContents<T>> contents,
    Class<A> acceptedType,
    Function<A, @Nullable String> acceptedToken) {

  private static final String PAGE_SIZE = "page_size";
  private static final int FINGERPRINT_LENGTH = 16;

  String operation() {
    return first.operation();
  }

  /** Returns the request of the first page, or of the one with a token. */
  PreparedRequest request(@Nullable PageToken token, int pageSize) {
    return (token == null ? first : next.apply(token).as(operation()))
        .withQueryParameter(PAGE_SIZE, Integer.toString(pageSize));
  }

  /**
   * Returns a short text that is the same for the same result: service, cohort, and columns or
   * fields. The page size may change between a checkpoint and the walk that resumes from it.
   */
  String fingerprint() {
    Request request = first.request();
    try (Buffer buffer = new Buffer()) {
      buffer.writeUtf8(
          request.method()
              + " "
              + request.url().newBuilder().removeAllQueryParameters(PAGE_SIZE).build()
              + "\n");
      if (request.body() != null) {
        request.body().writeTo(buffer);
      }
      return buffer.sha256().hex().substring(0, FINGERPRINT_LENGTH);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
