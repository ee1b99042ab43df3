package io.github.idc4j.conformance.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A request to send.
 *
 * @param target path below the base URL, and query, percent-encoded
 * @param contentType of the body; null for no such header
 * @param body text of the body; null without one
 */
public record Call(String method, String target, String contentType, String body, Bearer bearer) {

  /** The POSTs that change nothing. */
  private static final Pattern READING_POST =
      Pattern.compile("/cohorts/(manifest/preview|query/(preview|[^/]*))");

  /** Returns a {@code GET}. */
  public static Call get(String path) {
    return of("GET", path);
  }

  /** Returns a {@code POST} without a body. */
  public static Call post(String path) {
    return of("POST", path);
  }

  /** Returns a {@code DELETE} without a body. */
  public static Call delete(String path) {
    return of("DELETE", path);
  }

  /** Returns a request of any method, without a body. */
  public static Call of(String method, String path) {
    return new Call(method, path, null, null, Bearer.NONE);
  }

  /** Adds a query key. */
  public Call with(String key, Object value) {
    return new Call(
        method,
        target
            + (target.contains("?") ? "&" : "?")
            + encoded(key)
            + "="
            + encoded(value.toString()),
        contentType,
        body,
        bearer);
  }

  /** Sets a JSON body. */
  public Call json(String text) {
    return body("application/json", text);
  }

  /** Sets a body of another content type. */
  public Call body(String newContentType, String text) {
    return new Call(method, target, newContentType, text, bearer);
  }

  /** Sends it as somebody. */
  public Call as(Bearer somebody) {
    return new Call(method, target, contentType, body, somebody);
  }

  /** Adds a final slash to the path. */
  public Call withFinalSlash() {
    return new Call(method, target.replaceFirst("(?=\\?|$)", "/"), contentType, body, bearer);
  }

  /** Returns the path without the query and without a final slash. */
  String path() {
    String path = target.replaceAll("\\?.*", "");
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Returns whether it changes nothing, and so may be sent again when no answer came. */
  public boolean isReading() {
    return method.equals("GET")
        || (method.equals("POST") && READING_POST.matcher(path()).matches());
  }

  /** Returns whether it asks to save a cohort. */
  public boolean isSaving() {
    return method.equals("POST") && path().equals("/cohorts");
  }

  /** Returns it as a person reads it, without ID tokens. */
  String text(URI baseUrl) {
    return method
        + " "
        + baseUrl
        + target
        + (bearer == Bearer.NONE ? "" : "\nAuthorization: Bearer " + bearer.shown())
        + (contentType == null ? "" : "\nContent-Type: " + contentType)
        + (body == null ? "" : "\n\n" + body);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
