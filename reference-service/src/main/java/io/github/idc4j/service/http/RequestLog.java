package io.github.idc4j.service.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each request an ID, which the response contains, and logs each request as a JSON object in
 * one line, if the level of the logger {@code io.github.idc4j.requests} is INFO. The log contains
 * no query parameters, because page tokens are secrets of their users.
 */
final class RequestLog extends Handler.Wrapper {

  private static final Logger LOG = LoggerFactory.getLogger("io.github.idc4j.requests");

  private static final String ID = "X-Request-Id";
  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  RequestLog(Handler next) {
    super(next);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String given = request.getHeaders().get(ID);
    String id =
        given != null && ACCEPTED.matcher(given).matches() ? given : UUID.randomUUID().toString();
    response.getHeaders().put(ID, id);
    if (LOG.isInfoEnabled()) {
      Request.addCompletionListener(request, failure -> log(id, request, response, failure));
    }
    return super.handle(request, response, callback);
  }

  private static void log(String id, Request request, Response response, Throwable failure) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("id", id);
    line.put("method", request.getMethod());
    line.put("path", request.getHttpURI().getPath());
    line.put("status", response.getStatus());
    line.put("bytes", Response.getContentBytesWritten(response));
    line.put("ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - request.getBeginNanoTime()));
    if (failure != null) {
      line.put("failure", failure.toString());
    }
    LOG.info(Json.MAPPER.writeValueAsString(line));
  }
}
