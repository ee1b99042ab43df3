package io.github.idc4j.service.http;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Gives each response the headers that all responses have: the ID of its request, and the security
 * headers of the deployed service. Handlers for pages of other kinds replace some of them.
 */
final class CommonHeaders extends Handler.Wrapper {

  static final String REQUEST_ID = "X-Request-Id";
  static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

  private static final Map<String, String> SECURITY =
      Map.of(
          "X-Frame-Options",
          "SAMEORIGIN",
          "X-Content-Type-Options",
          "nosniff",
          CONTENT_SECURITY_POLICY,
          "default-src 'self'; object-src 'none'",
          "Referrer-Policy",
          "strict-origin-when-cross-origin",
          "Strict-Transport-Security",
          "max-age=3600; includeSubDomains");

  CommonHeaders(Handler next) {
    super(next);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    put(request, response.getHeaders());
    return super.handle(
        request,
        response,
        new Callback.Nested(callback) {
          @Override
          public void failed(Throwable cause) {
            Exchange.of(request).failed(cause);
            super.failed(cause);
          }
        });
  }

  static void put(Request request, HttpFields.Mutable headers) {
    headers.put(REQUEST_ID, Exchange.of(request).id());
    SECURITY.forEach(headers::put);
  }
}
