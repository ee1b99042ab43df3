package io.github.idc4j.service.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Responds to requests that Jetty refuses, for example because they are not valid HTTP. Shows
 * nothing of the inside of the service.
 */
final class JsonErrors extends ErrorHandler {

  /** Jetty would otherwise write a body only for GET, POST and HEAD. */
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      String message,
      Throwable cause,
      Callback callback) {
    // Jetty has removed all headers.
    CommonHeaders.put(request, response.getHeaders());
    // Jetty closes the connection, because it did not read the rest of the request.
    Reply.error(status, HttpStatus.getMessage(status))
        .with(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString())
        .write(response, callback);
  }
}
