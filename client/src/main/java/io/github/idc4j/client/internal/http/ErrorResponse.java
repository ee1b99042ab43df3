package io.github.idc4j.client.internal.http;

import com.squareup.moshi.JsonDataException;
import io.github.idc4j.client.error.BadRequestException;
import io.github.idc4j.client.error.ForbiddenException;
import io.github.idc4j.client.error.MethodNotAllowedException;
import io.github.idc4j.client.error.NotFoundException;
import io.github.idc4j.client.error.RetiredException;
import io.github.idc4j.client.error.ServerErrorException;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.client.error.TooManyRequestsException;
import io.github.idc4j.client.error.UnauthorizedException;
import io.github.idc4j.client.internal.failure.Details;
import io.github.idc4j.client.internal.net.RetryAfter;
import io.github.idc4j.client.internal.net.Secrets;
import io.github.idc4j.model.Retirement;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * An error response, with all data that its exception needs.
 *
 * @param operation operation ID
 * @param status HTTP status code
 * @param code the {@code code} in the body; 0 if the body has no code
 * @param message the service's message, with secrets masked; may be empty
 * @param documentation the sentence in which a retired service names its successor, with secrets
 *     masked; may be empty
 * @param url URL of the request, with any page token masked
 * @param retryAfter how long the service asked the client to wait; null if the service did not ask
 */
public record ErrorResponse(
    String operation,
    int status,
    int code,
    String message,
    String documentation,
    String url,
    @Nullable Duration retryAfter) {

  private static final int MAX_BODY_BYTES = 64 << 10;

  private static final String CHECK_BASE_URL =
      "Check the base URL; it must lead to version 1, such as https://example.org/v1.";

  /**
   * Reads an error response. If the body is not JSON, the message is the reason phrase of the HTTP
   * response.
   */
  static ErrorResponse read(String operation, Response response, Secrets secrets, Clock clock) {
    String url = Secrets.url(response.request().url());
    Duration retryAfter = RetryAfter.of(response.headers(), clock);
    int status = response.code();
    if (response.isRedirect()) {
      return new ErrorResponse(
          operation, status, 0, redirect(response, secrets), "", url, retryAfter);
    }
    try {
      String body = response.peekBody(MAX_BODY_BYTES).string();
      // Other error bodies are like the body of a 410, but without the documentation.
      Retirement error = Json.moshi().adapter(Retirement.class).fromJson(body);
      if (error != null && error.message() != null) {
        return new ErrorResponse(
            operation,
            status,
            error.code() == null ? 0 : error.code(),
            secrets.mask(error.message()),
            error.documentation() == null ? "" : secrets.mask(error.documentation()),
            url,
            retryAfter);
      }
    } catch (IOException | JsonDataException e) {
      // The body may be an HTML error page. The status code is sufficient.
    }
    return new ErrorResponse(
        operation, status, 0, secrets.mask(response.message()), "", url, retryAfter);
  }

  /**
   * Returns the message for a redirect. The client does not follow redirects, because it would send
   * the ID token to a host that the user did not choose.
   */
  private static String redirect(Response response, Secrets secrets) {
    HttpUrl target = response.request().url().resolve(response.header("Location", ""));
    String origin = target == null ? "an invalid URL" : secrets.mask(origin(target).toString());
    return "Redirect to "
        + origin
        + ", which the client does not follow. If you trust that host, set baseUrl to it";
  }

  /**
   * Returns the scheme, host and port of a URL. The other parts, such as a password, may be secret.
   */
  private static HttpUrl origin(HttpUrl url) {
    return new HttpUrl.Builder().scheme(url.scheme()).host(url.host()).port(url.port()).build();
  }

  /** Returns the error for a cohort that was not saved although the status code is 200. */
  public static ErrorResponse notSaved(
      PreparedRequest request, @Nullable Integer code, @Nullable String message, Secrets secrets) {
    return new ErrorResponse(
        request.operation(),
        200,
        code == null ? 0 : code,
        message == null ? "The cohort was not saved" : secrets.mask(message),
        "",
        Secrets.url(request.request().url()),
        null);
  }

  /** Returns a failure with the exception that matches the status code. */
  public Failure failure() {
    return Failure.of(status, retryAfter, this::exception);
  }

  /**
   * Returns this error with the message and the documentation of the 410 response to {@code
   * /about}.
   */
  ErrorResponse retired(ErrorResponse about) {
    return new ErrorResponse(
        operation, status, code, about.message(), about.documentation(), url, retryAfter);
  }

  /**
   * Returns whether this may be the plain error page that a retired service returns for most paths.
   */
  boolean mayBeRetired() {
    return code == 0 && (status == 404 || status == 405);
  }

  boolean isRetired() {
    return status == 410;
  }

  /** Returns the failure for a retired service. */
  Failure retiredFailure() {
    return Failure.of(
        status,
        retryAfter,
        checkpoint ->
            new RetiredException(
                details(
                    (documentation.isEmpty() ? "" : documentation + " ")
                        + "Version 1 is retired at this service. Set baseUrl to one that still"
                        + " provides it, such as ./idc4j serve.",
                    checkpoint),
                status,
                code,
                message,
                url,
                retryAfter,
                documentation));
  }

  private ServiceException exception(@Nullable String checkpoint) {
    // If a cohort was not saved, the status code can be 200, and the code is in the body.
    return switch (status == 200 ? code : status) {
      case 400 ->
          new BadRequestException(details("", checkpoint), status, code, message, url, retryAfter);
      case 401 ->
          new UnauthorizedException(
              details(
                  "Pass a valid ID token to credentials(); one expires after an hour.", checkpoint),
              status,
              code,
              message,
              url,
              retryAfter);
      case 403 ->
          new ForbiddenException(
              details("Use an ID token of the cohort's owner.", checkpoint),
              status,
              code,
              message,
              url,
              retryAfter);
      case 404 ->
          new NotFoundException(
              details(CHECK_BASE_URL, checkpoint), status, code, message, url, retryAfter);
      case 405 ->
          new MethodNotAllowedException(
              details(CHECK_BASE_URL, checkpoint), status, code, message, url, retryAfter);
      case 407 ->
          new ServiceException(
              details(
                  "Set a proxyAuthenticator on the OkHttpClient passed to httpClient().",
                  checkpoint),
              status,
              code,
              message,
              url,
              retryAfter);
      case 429 ->
          new TooManyRequestsException(
              details(
                  "Send requests more slowly, or allow more retries with retryPolicy().",
                  checkpoint),
              status,
              code,
              message,
              url,
              retryAfter);
      default ->
          status >= 500
              ? new ServerErrorException(
                  details("", checkpoint), status, code, message, url, retryAfter)
              : new ServiceException(
                  details("", checkpoint), status, code, message, url, retryAfter);
    };
  }

  private Details details(String advice, @Nullable String checkpoint) {
    return new Details(
        operation,
        operation
            + (status == 407 ? ": The proxy responded with " : ": The service responded with ")
            + status
            + (message.isEmpty() ? "" : ": " + message)
            + " ("
            + url
            + ")."
            + (advice.isEmpty() ? "" : " " + advice),
        null,
        checkpoint);
  }
}
