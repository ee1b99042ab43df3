package io.github.idc4j.service.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;

/**
 * Allows web pages of any origin, including local HTML files, to call the service from a browser
 * (CORS).
 *
 * <p>A page must set the {@code Authorization} header itself. The service does not accept
 * credentials that the browser adds, such as cookies.
 */
final class Cors implements HttpHandler {

  private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");
  private static final HttpString ALLOW_METHODS = new HttpString("Access-Control-Allow-Methods");
  private static final HttpString ALLOW_HEADERS = new HttpString("Access-Control-Allow-Headers");
  private static final HttpString ALLOW_NETWORK =
      new HttpString("Access-Control-Allow-Private-Network");
  private static final HttpString MAX_AGE = new HttpString("Access-Control-Max-Age");
  private static final HttpString REQUEST_METHOD = new HttpString("Access-Control-Request-Method");

  private final HttpHandler next;

  Cors(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(ALLOW_ORIGIN, "*");
    boolean preflight =
        exchange.getRequestMethod().toString().equals("OPTIONS")
            && exchange.getRequestHeaders().contains(REQUEST_METHOD);
    if (preflight) {
      headers.put(ALLOW_METHODS, "GET, HEAD, POST, DELETE");
      headers.put(ALLOW_HEADERS, "Authorization, Content-Type");
      headers.put(ALLOW_NETWORK, "true");
      headers.put(MAX_AGE, "600");
      exchange.setStatusCode(204);
    } else {
      next.handleRequest(exchange);
    }
  }
}
