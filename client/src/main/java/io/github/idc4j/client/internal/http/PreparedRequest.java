package io.github.idc4j.client.internal.http;

import java.util.Objects;
import java.util.Set;
import okhttp3.Request;
import retrofit2.Call;
import retrofit2.Invocation;

/**
 * A request for an operation, created by the generated interfaces.
 *
 * @param operation operation ID, which is also the name of the interface's method
 * @param request HTTP request without credentials
 */
public record PreparedRequest(String operation, Request request) {

  /** The operations that use POST but do not change anything on the service. */
  private static final Set<String> SAFE_POSTS =
      Set.of("previewManifest", "previewQuery", "queryCohort");

  /** Returns the request of a call. The call itself is not executed. */
  public static PreparedRequest of(Call<?> call) {
    Request request = call.request();
    Invocation invocation = Objects.requireNonNull(request.tag(Invocation.class));
    return new PreparedRequest(invocation.method().getName(), request);
  }

  /** Returns this request with a query parameter of its URL added or replaced. */
  public PreparedRequest withQueryParameter(String name, String value) {
    return new PreparedRequest(
        operation,
        request
            .newBuilder()
            .url(request.url().newBuilder().setQueryParameter(name, value).build())
            .build());
  }

  /**
   * Returns this request with the ID of another operation, because it belongs to a walk that the
   * other operation started.
   */
  public PreparedRequest as(String newOperation) {
    return new PreparedRequest(newOperation, request);
  }

  /** Returns whether the client may retry this request after a failure. */
  boolean isRepeatable() {
    return request.method().equals("GET") || SAFE_POSTS.contains(operation);
  }
}
