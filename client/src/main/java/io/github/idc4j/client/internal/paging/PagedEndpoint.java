package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.internal.http.PreparedRequest;
import io.github.idc4j.client.paging.PageToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.Request;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Describes a paged operation: its requests, and where its responses contain rows and page tokens.
 *
 * @param first the request for the first page
 * @param next returns the request for the page with a token
 * @param pageType type of a response with status code 200
 * @param contents returns the contents of a response with status code 200; null if the response
 *     lacks the member that contains the rows
 * @param acceptedType type of a response with status code 202
 * @param acceptedToken returns the page token of a response with status code 202; null or empty if
 *     the response has no token
 * @param sql where the first page contains the SQL of the query; empty if it does not
 */
public record PagedEndpoint<T, P, A>(
    PreparedRequest first,
    Function<PageToken, PreparedRequest> next,
    Class<P> pageType,
    Function<P, @Nullable PageContents<T>> contents,
    Class<A> acceptedType,
    Function<A, @Nullable String> acceptedToken,
    Optional<SqlMember<?>> sql) {

  /**
   * Describes where a first page contains the SQL of the query.
   *
   * @param type type of a first page
   * @param member returns the SQL; null or empty if the page does not contain it
   */
  public record SqlMember<F>(Class<F> type, Function<F, @Nullable String> member) {}

  private static final String PAGE_SIZE = "page_size";
  private static final int FINGERPRINT_LENGTH = 16;

  String operation() {
    return first.operation();
  }

  /** Returns the request for the page with the token; if the token is null, for the first page. */
  PreparedRequest request(@Nullable PageToken token, int pageSize) {
    return (token == null ? first : next.apply(token).as(operation()))
        .withQueryParameter(PAGE_SIZE, Integer.toString(pageSize));
  }

  /** Returns the request for a first page of one row that contains the SQL of the query. */
  PreparedRequest sqlRequest() {
    return request(null, 1).withQueryParameter("sql", "True");
  }

  /**
   * Returns a short string that identifies the result: service, cohort, and columns or fields. The
   * page size has no effect on the string, because a walk may resume from a checkpoint with another
   * page size.
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
