package io.github.idc4j.service.http;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/**
 * What the log and the metrics report about a request and its response, in addition to what Jetty
 * knows. Safe for use by several threads.
 */
final class Exchange {

  /** The operation of a request that is for no operation. */
  static final String UNKNOWN = "unknown";

  private static final String ATTRIBUTE = Exchange.class.getName();
  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final String id;
  private volatile String operation = UNKNOWN;
  private volatile long rows;
  private volatile Optional<Throwable> failure = Optional.empty();

  private Exchange(String id) {
    this.id = id;
  }

  /** Returns the exchange of a request. */
  static Exchange of(Request request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Exchange known) {
      return known;
    }
    String given = request.getHeaders().get(CommonHeaders.REQUEST_ID);
    Exchange exchange =
        new Exchange(
            given != null && ACCEPTED.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString());
    request.setAttribute(ATTRIBUTE, exchange);
    return exchange;
  }

  /** Returns the ID of the request, by which its log entries can be found. */
  String id() {
    return id;
  }

  /** Returns the message of the response to a request that fails for an unexpected reason. */
  String failureMessage() {
    return "The service failed. Its log has the reason, at the request ID " + id + ".";
  }

  /**
   * Returns the operation: the method and the template of the path, such as {@code GET
   * /v1/cohorts/{cohort_id}}, or {@link #UNKNOWN}. There are few operations.
   */
  String operation() {
    return operation;
  }

  /** Sets the operation. */
  void operation(String method, String template) {
    operation = method + " " + template;
  }

  /** Returns the number of rows that the client received in a complete response. */
  long rows() {
    return rows;
  }

  /** Sets the number of rows. */
  void rows(long written) {
    rows = written;
  }

  /** Returns why the whole response could not be sent; empty if it was. */
  Optional<Throwable> failure() {
    return failure;
  }

  /** Sets why the whole response cannot be sent. */
  void failed(Throwable cause) {
    failure = Optional.of(cause);
  }
}
