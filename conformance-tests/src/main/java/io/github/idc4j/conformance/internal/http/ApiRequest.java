package io.github.idc4j.conformance.internal.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request to the service.
 *
 * @param target path, relative to the base URL, and query; both percent-encoded
 * @param contentType content type of the body; null for no Content-Type header
 * @param body text of the body; null for no body
 * @param caller the caller whose token the request has
 */
public record ApiRequest(
    String method, String target, String contentType, String body, Caller caller) {

  /** The paths of the POST requests that change nothing. */
  private static final Pattern READING_POST =
      Pattern.compile("/cohorts/(manifest/preview|query/(preview|[^/]*))");

  /** Returns a {@code GET} request. */
  public static ApiRequest get(String path) {
    return of("GET", path);
  }

  /** Returns a {@code POST} request without a body. */
  public static ApiRequest post(String path) {
    return of("POST", path);
  }

  /** Returns a {@code DELETE} request without a body. */
  public static ApiRequest delete(String path) {
    return of("DELETE", path);
  }

  /** Returns a request without a body. */
  public static ApiRequest of(String method, String path) {
    return new ApiRequest(method, path, null, null, Caller.NONE);
  }

  /** Returns a copy of the request with an additional query key. */
  public ApiRequest with(String key, Object value) {
    return new ApiRequest(
        method,
        target
            + (target.contains("?") ? "&" : "?")
            + encoded(key)
            + "="
            + encoded(value.toString()),
        contentType,
        body,
        caller);
  }

  /** Returns the percent-encoded value of a query key, or empty if the query lacks the key. */
  public Optional<String> key(String name) {
    return Pattern.compile("[?&]" + Pattern.quote(name) + "=([^&]*)")
        .matcher(target)
        .results()
        .map(found -> found.group(1))
        .findFirst();
  }

  /** Returns a copy of the request with a JSON body. */
  public ApiRequest json(String text) {
    return body("application/json", text);
  }

  /**
   * Returns a copy of the request with a body.
   *
   * @param newContentType content type of the body; null for no Content-Type header
   */
  public ApiRequest body(String newContentType, String text) {
    return new ApiRequest(method, target, newContentType, text, caller);
  }

  /** Returns a copy of the request with another caller. */
  public ApiRequest as(Caller newCaller) {
    return new ApiRequest(method, target, contentType, body, newCaller);
  }

  /** Returns a copy of the request with a trailing slash after the path. */
  public ApiRequest withFinalSlash() {
    return new ApiRequest(method, target.replaceFirst("(?=\\?|$)", "/"), contentType, body, caller);
  }

  boolean hasFinalSlash() {
    return target.replaceAll("\\?.*", "").endsWith("/");
  }

  /** Returns the path without the query and without a trailing slash. */
  String path() {
    String path = target.replaceAll("\\?.*", "");
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Returns whether the request changes nothing. The suite may retry such a request. */
  public boolean isReading() {
    return method.equals("GET")
        || (method.equals("POST") && READING_POST.matcher(path()).matches());
  }

  /** Returns whether the request saves a cohort. */
  public boolean isSaving() {
    return method.equals("POST") && path().equals("/cohorts");
  }

  /** Returns the request as text for a report. A placeholder replaces the ID token. */
  public String text(URI baseUrl) {
    return method
        + " "
        + baseUrl
        + target
        + (caller == Caller.NONE ? "" : "\nAuthorization: Bearer " + caller.shown())
        + (contentType == null ? "" : "\nContent-Type: " + contentType)
        + (body == null ? "" : "\n\n" + body);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Returns the method and the target. */
  @Override
  public String toString() {
    return method + " " + target;
  }
}
