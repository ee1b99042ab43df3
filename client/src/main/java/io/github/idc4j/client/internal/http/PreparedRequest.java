package io.github.idc4j.client.internal.http;

import java.util.Objects;
import java.util.Set;
import okhttp3.Request;
import retrofit2.Call;
import retrofit2.Invocation;

/**
 * A request of an operation, made by the generated interfaces.
 *
 * @param operation operation ID: the name of the interface's method
 * @param request without credentials
 */
public record PreparedRequest(String operation, Request request) {

  /** The POST operations that change nothing. */
  private static final Set<String> SAFE_POSTS =
      Set.of("previewManifest", "previewQuery", "queryCohort");

  /** Returns the request of a call, which is not executed. */
  public static PreparedRequest of(Call<?> call) {
    Request request = call.request();
    Invocation invocation = Objects.requireNonNull(request.tag(Invocation.class));
    return new PreparedRequest(invocation.method().getName(), request);
  }

  /** Returns this request with another URL query parameter. */
  public PreparedRequest withQueryParameter(String name, String value) {
    return new PreparedRequest(
        operation,
        request
            .newBuilder()
            .url(request.url().newBuilder().setQueryParameter(name, value).build())
            .build());
  }

  /** Returns this request as one of another operation, of whose walk it is a part. */
  public PreparedRequest as(String newOperation) {
    return new PreparedRequest(newOperation, request);
  }

  /** Returns whether it can be sent again after a failure. */
  boolean isRepeatable() {
    return request.method().equals("GET") || SAFE_POSTS.contains(operation);
  }
}
