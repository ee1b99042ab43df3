package io.github.idc4j.service.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Allows web pages of any origin, including local HTML files, to call the operations of version 1
 * from a browser (CORS). The development issuer is not behind this handler.
 *
 * <p>A page must set the {@code Authorization} header itself. The service does not accept
 * credentials that the browser adds, such as cookies.
 */
final class Cors extends org.eclipse.jetty.server.Handler.Wrapper {

  Cors(org.eclipse.jetty.server.Handler next) {
    super(next);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!request.getHttpURI().getDecodedPath().startsWith("/v1/")) {
      return super.handle(request, response, callback);
    }
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    boolean preflight =
        HttpMethod.OPTIONS.is(request.getMethod())
            && request.getHeaders().contains(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD);
    if (!preflight) {
      return super.handle(request, response, callback);
    }
    headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, DELETE");
    headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type");
    headers.put("Access-Control-Allow-Private-Network", "true");
    headers.put(HttpHeader.ACCESS_CONTROL_MAX_AGE, "600");
    response.setStatus(HttpStatus.NO_CONTENT_204);
    callback.succeeded();
    return true;
  }
}
