package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.error.CanceledException;
import io.github.idc4j.client.error.CredentialsException;
import io.github.idc4j.client.error.DecodingException;
import io.github.idc4j.client.error.IdcTimeoutException;
import io.github.idc4j.client.error.IdcTimeoutException.Limit;
import io.github.idc4j.client.error.PagingException;
import io.github.idc4j.client.error.ResponseTooLargeException;
import io.github.idc4j.client.error.TransportException;
import io.github.idc4j.client.internal.failure.Details;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Creates the failures that are not error responses, with their messages. */
public final class Failures {

  /** OkHttp's message after a proxy has refused a tunnel with status code 407. */
  private static final String PROXY_AUTHENTICATION = "Failed to authenticate with proxy";

  private Failures() {}

  /**
   * Returns the failure for a request without a complete response. The exception must not contain
   * secrets.
   */
  static Failure transport(String operation, String host, IOException e) {
    boolean proxy = PROXY_AUTHENTICATION.equals(e.getMessage());
    boolean certificate = isCertificateProblem(e);
    String message =
        operation
            + ": No complete response from "
            + host
            + ": "
            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
            + "."
            + (proxy ? " Set a proxyAuthenticator on the OkHttpClient passed to httpClient()." : "")
            + (certificate
                ? " Check the certificates of the OkHttpClient passed to httpClient()."
                : "");
    return Failure.of(
        e.getClass().getSimpleName(),
        proxy || certificate ? Failure.Retry.NEVER : Failure.Retry.BY_CONNECTION,
        checkpoint -> new TransportException(new Details(operation, message, e, checkpoint)));
  }

  /**
   * Returns whether a certificate is the reason for the failure. A handshake that was merely
   * interrupted may succeed next time, but a refused handshake will not.
   */
  private static boolean isCertificateProblem(IOException e) {
    if (e instanceof SSLPeerUnverifiedException) {
      return true;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return e instanceof SSLHandshakeException
        && !(e.getCause() instanceof EOFException)
        && !(e.getCause() instanceof SocketException);
  }

  static Failure canceled(String operation, String reason) {
    return Failure.of(
        "canceled",
        Failure.Retry.NEVER,
        checkpoint ->
            new CanceledException(
                new Details(
                    operation,
                    operation + ": Canceled, because " + reason + ".",
                    null,
                    checkpoint)));
  }

  /** Returns the failure for an interrupted calling thread. */
  public static Failure interrupted(String operation) {
    return canceled(operation, "the calling thread was interrupted");
  }

  static Failure closed(String operation) {
    return canceled(operation, "the walk, the future, or the client was closed");
  }

  /**
   * Returns the failure for a limit that was reached after a failed attempt or while the query was
   * pending.
   */
  static Failure timeout(
      Execution execution,
      Limit limit,
      Duration value,
      @Nullable String pageToken,
      @Nullable Failure last) {
    String operation = execution.operation();
    Duration elapsed = execution.deadline().elapsed();
    int attempts = execution.attempts();
    String message = timeoutMessage(execution, limit, value, pageToken != null);
    return Failure.ofTimeout(
        limit.setting(),
        limit == Limit.ATTEMPT_TIMEOUT ? Failure.Retry.BY_CONNECTION : Failure.Retry.NEVER,
        pageToken,
        checkpoint -> {
          RuntimeException cause = last == null ? null : last.toException(null);
          return new IdcTimeoutException(
              new Details(
                  operation,
                  message + (cause == null ? "" : " Last failure: " + cause.getMessage()),
                  cause,
                  checkpoint),
              limit,
              elapsed,
              attempts,
              pageToken);
        });
  }

  private static String timeoutMessage(
      Execution execution, Limit limit, Duration value, boolean pending) {
    return execution.operation()
        + ": No result after "
        + execution.deadline().elapsed().toMillis()
        + " ms and "
        + execution.attempts()
        + (execution.attempts() == 1 ? " request" : " requests")
        + (limit == Limit.MAX_ATTEMPTS
            ? ", the limit of maxAttempts."
            : "; " + limit.setting() + " is " + value + ".")
        + (pending && execution.attempts() > 0
            ? " The service may still run the query: resume from checkpoint(), or fetch the page by"
                + " pageToken()."
            : "")
        + " To wait longer, raise "
        + limit.setting()
        + ".";
  }

  static Failure tooLarge(String operation, long maxBytes) {
    return tooLarge(
        operation
            + ": The response is larger than maxResponseBytes = "
            + maxBytes
            + ". Request smaller pages with pageSize(), or raise maxResponseBytes().",
        operation,
        maxBytes);
  }

  /** Returns the failure for a response that filled the memory before it reached the size limit. */
  static Failure outOfMemory(String operation, long bytes, long maxBytes) {
    return tooLarge(
        operation
            + ": The response does not fit in memory, which was used up after "
            + bytes
            + " bytes of it. Request smaller pages with pageSize(), or raise the maximum heap size"
            + " of the JVM (-Xmx).",
        operation,
        maxBytes);
  }

  private static Failure tooLarge(String message, String operation, long maxBytes) {
    return Failure.of(
        "response too large",
        Failure.Retry.NEVER,
        checkpoint ->
            new ResponseTooLargeException(
                new Details(operation, message, null, checkpoint), maxBytes));
  }

  /**
   * Returns the failure for a response that does not conform to the specification. The arguments
   * must not contain secrets.
   */
  static Failure decoding(String operation, String reason, String path, String fragment) {
    return Failure.of(
        "invalid response",
        Failure.Retry.NEVER,
        checkpoint ->
            new DecodingException(
                new Details(
                    operation,
                    operation
                        + ": The response does not conform to the specification: "
                        + reason
                        + " at "
                        + path
                        + (fragment.isEmpty() ? "" : ", found " + fragment)
                        + ".",
                    null,
                    checkpoint),
                path,
                fragment));
  }

  /** Returns the failure for a response that lacks a member. */
  public static Failure missing(String operation, String member) {
    return decoding(operation, "no " + member, "$", "");
  }

  /**
   * Returns a list from a response after checking its elements.
   *
   * @throws Failure if an element is null
   */
  public static <T> List<T> withoutNull(String operation, String member, List<T> elements) {
    for (T element : elements) {
      if (element == null) {
        throw decoding(operation, "a null element in " + member, "$", "");
      }
    }
    return elements;
  }

  /** Returns the failure for page tokens that do not lead to the last page. */
  public static Failure paging(String operation, String problem) {
    return Failure.of(
        "invalid page token",
        Failure.Retry.NEVER,
        checkpoint ->
            new PagingException(
                new Details(operation, operation + ": " + problem, null, checkpoint)));
  }

  static Failure credentials(String operation, CredentialsException e) {
    String message = Optional.ofNullable(e.getMessage()).orElse("No ID token.");
    return Failure.of(
        "no ID token",
        Failure.Retry.NEVER,
        checkpoint ->
            new CredentialsException(new Details(operation, message, e.getCause(), checkpoint)));
  }
}
