package io.github.idc4j.service.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Gives each client time to send the body of a request and, after the response, the next one. */
final class DeadlineHandler extends Handler.Wrapper {

  private final Deadlines deadlines;

  DeadlineHandler(Deadlines deadlines, Handler next) {
    super(next);
    this.deadlines = deadlines;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    deadlines.awaitBody(request);
    Request.addCompletionListener(request, failure -> deadlines.awaitRequest(request));
    return super.handle(request, response, callback);
  }
}
