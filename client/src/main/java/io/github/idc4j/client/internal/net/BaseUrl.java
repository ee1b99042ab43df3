package io.github.idc4j.client.internal.net;

import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * The base URL of a service.
 *
 * @param url the URL; its path ends with a slash, and it has no query, fragment, or user
 */
public record BaseUrl(HttpUrl url) {

  /** Loopback hosts in the form that OkHttp returns. Any other name may belong to another host. */
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|::1");

  /**
   * Parses a base URL, with or without a final slash.
   *
   * @throws IllegalArgumentException if the text is not an http or https URL, or if the URL has a
   *     user, query, or fragment
   */
  public static BaseUrl parse(String text) {
    HttpUrl url = HttpUrl.parse(text);
    if (url == null) {
      throw new IllegalArgumentException(
          "The base URL must be an http or https URL such as http://127.0.0.1:8080/v1, but was "
              + text.replaceAll("//[^/]*@", "//***@")
              + ".");
    }
    if (url.query() != null || url.fragment() != null) {
      throw new IllegalArgumentException(
          "The base URL must end with its path, such as https://example.org/v1. Remove everything"
              + " from '?' or '#'.");
    }
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      throw new IllegalArgumentException(
          "The base URL must not contain a user or password. Pass an ID token to credentials().");
    }
    return new BaseUrl(url.newBuilder().addPathSegment("").build());
  }

  /**
   * Returns whether secrets may be sent to a URL: its scheme is https, or its host is a loopback
   * host.
   */
  public static boolean isSecure(HttpUrl url) {
    return url.isHttps() || LOOPBACK.matcher(url.host()).matches();
  }

  /** Returns whether another URL has the same origin as this base URL. */
  public boolean isOriginOf(HttpUrl other) {
    return other.scheme().equals(url.scheme())
        && other.host().equals(url.host())
        && other.port() == url.port();
  }
}
