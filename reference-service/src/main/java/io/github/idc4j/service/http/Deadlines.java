package io.github.idc4j.service.http;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose clients do not send or receive something in time. Unlike an idle
 * timeout, a deadline also ends clients that send one byte from time to time, and does not end
 * clients that wait for a query. Safe for use by several threads.
 */
final class Deadlines implements Connection.Listener {

  private static final Duration INTERVAL = Duration.ofMillis(250);

  /** The times at which connections are closed, in the time of {@link System#nanoTime}. */
  private final ConcurrentMap<EndPoint, Long> deadlines = new ConcurrentHashMap<>();

  /** The deadline of a client that waits for the service. Must not be compared. */
  private static final Long NEVER = Long.MIN_VALUE;

  private final RequestLimits limits;

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

  private void closeLate() {
    long now = System.nanoTime();
    deadlines.forEach(
        (connection, deadline) -> {
          if (!deadline.equals(NEVER) && deadline - now < 0) {
            connection.close(new TimeoutException("The client did not send or receive in time"));
          }
        });
  }

  @Override
  public void onOpened(Connection connection) {
    deadlines.put(connection.getEndPoint(), after(limits.headerTime()));
  }

  @Override
  public void onClosed(Connection connection) {
    deadlines.remove(connection.getEndPoint());
  }

  /** Gives the client time to send a request body. */
  void awaitBody(Request request) {
    set(request, after(limits.bodyTime()));
  }

  /** Gives the service time to respond. */
  void awaitResponse(Request request) {
    set(request, NEVER);
  }

  /** Gives the client time to receive a part of the response. */
  void awaitReader(Request request) {
    set(request, after(limits.readTime()));
  }

  /** Gives the client time to send its next request. */
  void awaitRequest(Request request) {
    set(request, after(limits.headerTime()));
  }

  private void set(Request request, Long deadline) {
    deadlines.replace(request.getConnectionMetaData().getConnection().getEndPoint(), deadline);
  }

  private static long after(Duration time) {
    return System.nanoTime() + time.toNanos();
  }
}
