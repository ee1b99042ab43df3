package io.github.idc4j.client.internal.net;

import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * The base URL of a service.
 *
 * @param url its path ends with a slash; it has no query, fragment, or user
 */
public record BaseUrl(HttpUrl url) {

  /** Loopback hosts as OkHttp writes them; any other name may lead elsewhere. */
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|::1");

  /**
   * Parses a base URL, with or without a final slash.
   *
   * @throws IllegalArgumentException if it is not an http or https URL, or has a user, query, or
   *     fragment
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

  /** Returns whether secrets may be sent to a URL: over https, or to a loopback host. */
  public static boolean isSecure(HttpUrl url) {
    return url.isHttps() || LOOPBACK.matcher(url.host()).matches();
  }

  /** Returns whether a URL has the same origin. */
  public boolean isOriginOf(HttpUrl other) {
    return other.scheme().equals(url.scheme())
        && other.host().equals(url.host())
        && other.port() == url.port();
  }
}
