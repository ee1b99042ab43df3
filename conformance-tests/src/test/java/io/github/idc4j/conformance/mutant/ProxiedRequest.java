package io.github.idc4j.conformance.mutant;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A request to the service.
 *
 * @param target path and query
 * @param authorization header; empty without one
 * @param contentType header; empty without one
 */
public record ProxiedRequest(
    String method, String target, String authorization, String contentType, String text) {

  /** Returns the path below the base URL, without a trailing slash. */
  String path() {
    String path = target.replaceFirst("^/v1", "").replaceAll("\\?.*", "");
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  boolean is(String method, String pathPattern) {
    return this.method.matches(method) && path().matches(pathPattern);
  }

  boolean has(String text) {
    return target.contains(text);
  }

  /** Returns the page token; an empty string without one. */
  String token() {
    return has("next_page=")
        ? URLDecoder.decode(
            target.replaceAll(".*next_page=([^&]*).*", "$1"), StandardCharsets.UTF_8)
        : "";
  }

  /** Returns the request with another page token, or unchanged if it has none. */
  ProxiedRequest withToken(String newToken) {
    return withTarget(
        target.replaceAll(
            "next_page=[^&]*", "next_page=" + URLEncoder.encode(newToken, StandardCharsets.UTF_8)));
  }

  ProxiedRequest withTarget(String newTarget) {
    return new ProxiedRequest(method, newTarget, authorization, contentType, text);
  }

  ProxiedRequest withAuthorization(String newAuthorization) {
    return new ProxiedRequest(method, target, newAuthorization, contentType, text);
  }

  ProxiedRequest withBody(String newText) {
    return new ProxiedRequest(method, target, authorization, contentType, newText);
  }
}
