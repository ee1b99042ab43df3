package io.github.idc4j.service.http;

import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The response to a request. The name avoids a conflict with Jetty's {@link Response}.
 *
 * @param headers the headers in addition to those of all responses
 */
record Reply(int status, Map<String, String> headers, ReplyBody body) {

  private static final String JSON = "application/json";
  private static final String HTML = "text/html; charset=utf-8";

  /** Returns a response of version 1 with status code 200 and the given members. */
  static Reply ok(Map<String, ?> members) {
    return of(200, members);
  }

  /**
   * Returns a response of version 1: a JSON object with the given members and the member {@code
   * code}, which is the status code.
   */
  static Reply of(int status, Map<String, ?> members) {
    Map<String, Object> all = new TreeMap<>(members);
    all.put("code", status);
    return json(status, all);
  }

  static Reply error(int status, String message) {
    return of(status, Map.of("message", message));
  }

  static Reply error(ApiException error) {
    return json(error.status(), Map.of("code", error.code(), "message", error.getMessage()));
  }

  static Reply json(int status, Map<String, ?> members) {
    return new Reply(
        status, Map.of(HttpHeader.CONTENT_TYPE.asString(), JSON), ReplyBody.json(members));
  }

  static Reply html(int status, String page) {
    return new Reply(
        status, Map.of(HttpHeader.CONTENT_TYPE.asString(), HTML), ReplyBody.text(page));
  }

  static Reply text(String contentType, String text) {
    return new Reply(
        200, Map.of(HttpHeader.CONTENT_TYPE.asString(), contentType), ReplyBody.text(text));
  }

  /** Returns a page that contains only the reason, like the error pages of the deployed service. */
  static Reply page(int status, String reason) {
    return html(
        status,
        "<!doctype html>\n<title>%1$s %2$s</title>\n<h1>%2$s</h1>\n".formatted(status, reason));
  }

  static Reply redirect(String url) {
    return new Reply(303, Map.of(HttpHeader.LOCATION.asString(), url), ReplyBody.text(""));
  }

  /** Returns a copy with an additional header. */
  Reply with(HttpHeader header, String value) {
    return with(header.asString(), value);
  }

  /** Returns a copy with an additional header. */
  Reply with(String header, String value) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put(header, value);
    return new Reply(status, all, body);
  }

  /**
   * Sets the status code and the headers of a response. If the rest of the request body has not
   * arrived yet, announces that the connection will be closed, because Jetty will close it.
   */
  void writeHead(Response response) {
    response.setStatus(status);
    headers.forEach(response.getHeaders()::put);
    if (!response.getRequest().consumeAvailable()) {
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
  }

  /** Writes the response, which must have no rows. Jetty omits the body if the method is HEAD. */
  void write(Response response, Callback callback) {
    writeHead(response);
    body.write(response, callback);
  }
}
