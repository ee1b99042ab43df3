package io.github.idc4j.service.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Reads the rest of a body that is too long, before the response is sent. Otherwise, clients that
 * read the response only after they have sent the whole body would find a closed connection.
 */
final class BodyDiscarder implements Invocable.Task {

  /** The maximum number of bytes to read. After them, the connection is closed. */
  private static final long MAX_BYTES = 64L << 20;

  private final Request request;
  private final Runnable next;
  private long length;

  private BodyDiscarder(Request request, Runnable next) {
    this.request = request;
    this.next = next;
  }

  /** Reads the body and then runs the next action, without waiting for the client. */
  static void discard(Request request, Runnable next) {
    // A client that expects permission to send its body need not send it.
    if (request.getHeaders().contains(HttpHeader.EXPECT) || request.getLength() > MAX_BYTES) {
      next.run();
    } else {
      new BodyDiscarder(request, next).run();
    }
  }

  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      length += chunk.remaining();
      chunk.release();
      if (chunk.isLast() || Content.Chunk.isFailure(chunk) || length > MAX_BYTES) {
        next.run();
        return;
      }
    }
  }
}
