package io.github.idc4j.service.http;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each request as a JSON object in one line, if the level of the logger {@code
 * io.github.idc4j.requests} is INFO. Jetty calls it for all requests, also for those that are not
 * valid HTTP. The log contains no query parameters and no callers, because page tokens are secrets
 * and e-mail addresses are personal data.
 */
final class RequestLog implements org.eclipse.jetty.server.RequestLog {

  private static final Logger LOG = LoggerFactory.getLogger("io.github.idc4j.requests");

  @Override
  public void log(Request request, Response response) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    Exchange exchange = Exchange.of(request);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", Instant.ofEpochMilli(Request.getTimeStamp(request)).toString());
    line.put("id", exchange.id());
    line.put("client", Request.getRemoteAddr(request));
    line.put("method", request.getMethod());
    line.put("path", request.getHttpURI().getPath());
    line.put("operation", exchange.operation());
    line.put("status", response.getStatus());
    line.put("bytes", Response.getContentBytesWritten(response));
    line.put("ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - request.getBeginNanoTime()));
    exchange.failure().ifPresent(failure -> line.put("failure", failure.toString()));
    LOG.info(Json.MAPPER.writeValueAsString(line));
  }
}
