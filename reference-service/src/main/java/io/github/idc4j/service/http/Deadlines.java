package io.github.idc4j.service.http;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose clients do not send or receive something in time. Unlike an idle
 * timeout, a deadline also ends clients that send one byte from time to time, and does not end
 * clients that wait for a query. Safe for use by several threads.
 */
final class Deadlines implements Connection.Listener {

  private static final Duration INTERVAL = Duration.ofMillis(250);

  /**
   * When a connection is closed.
   *
   * @param time in the time of {@link System#nanoTime}
   * @param idle whether the connection has no request
   */
  private record Deadline(long time, boolean idle) {

    static Deadline after(Duration time, boolean idle) {
      return new Deadline(System.nanoTime() + time.toNanos(), idle);
    }
  }

  private final ConcurrentMap<EndPoint, Deadline> deadlines = new ConcurrentHashMap<>();

  /** The deadline of a client that waits for the service. Its time must not be compared. */
  private static final Deadline NEVER = new Deadline(Long.MIN_VALUE, false);

  private final RequestLimits limits;
  private volatile boolean stopping;

  Deadlines(RequestLimits limits) {
    this.limits = limits;
  }

  /** Closes connections from time to time, until the scheduler stops. */
  void watch(Scheduler scheduler) {
    scheduler.schedule(
        () -> {
          closeLate();
          watch(scheduler);
        },
        INTERVAL);
  }

  /** Closes connections without a request from now on. */
  void stop() {
    stopping = true;
  }

  private void closeLate() {
    long now = System.nanoTime();
    deadlines.forEach(
        (connection, deadline) -> {
          boolean late = !deadline.equals(NEVER) && deadline.time() - now < 0;
          if (late || (stopping && deadline.idle())) {
            connection.close(new TimeoutException("The client did not send or receive in time"));
          }
        });
  }

  @Override
  public void onOpened(Connection connection) {
    // With TLS, a client has two connections. Its requests are those of the decrypted one, which is
    // opened before the handshake, and which closes the other one.
    if (!(connection instanceof SslConnection)) {
      deadlines.put(connection.getEndPoint(), Deadline.after(limits.headerTime(), true));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    deadlines.remove(connection.getEndPoint());
  }

  /** Gives the client time to send a request body. */
  void awaitBody(Request request) {
    set(request, Deadline.after(limits.bodyTime(), false));
  }

  /** Gives the service time to respond. */
  void awaitResponse(Request request) {
    set(request, NEVER);
  }

  /** Gives the client time to receive a part of the response. */
  void awaitReader(Request request) {
    set(request, Deadline.after(limits.readTime(), false));
  }

  /** Gives the client time to send its next request. */
  void awaitRequest(Request request) {
    set(request, Deadline.after(limits.headerTime(), true));
  }

  private void set(Request request, Deadline deadline) {
    deadlines.replace(request.getConnectionMetaData().getConnection().getEndPoint(), deadline);
  }
}
