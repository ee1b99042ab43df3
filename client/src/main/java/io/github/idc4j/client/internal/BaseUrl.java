package io.github.idc4j.client.internal;

import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * The address of a service.
 *
 * @param url its path ends with a slash; it has neither query nor fragment nor user
 */
public record BaseUrl(HttpUrl url) {

  /** Names and addresses of this machine, as OkHttp writes them; anything else may be elsewhere. */
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|::1");

  /**
   * Reads an address, with or without a slash at its end.
   *
   * @throws IllegalArgumentException if it is none, or is more than origin and path
   */
  public static BaseUrl parse(String text) {
    HttpUrl url = HttpUrl.parse(text);
    if (url == null) {
      throw new IllegalArgumentException(
          "The base URL must be an http or https address, such as http://127.0.0.1:8080/v1, not "
              + text.replaceAll("//[^/]*@", "//***@"));
    }
    if (url.query() != null || url.fragment() != null) {
      throw new IllegalArgumentException(
          "The base URL must end with its path, such as https://example.org/v1; leave out what"
              + " follows '?' or '#'");
    }
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      throw new IllegalArgumentException(
          "The base URL must not name a user or password; the service knows users by ID tokens");
    }
    return new BaseUrl(url.newBuilder().addPathSegment("").build());
  }

  /** Returns whether an ID token may go there: over https, or without leaving this machine. */
  public boolean mayHaveTokens() {
    return mayHaveSecrets(url);
  }

  /** Returns whether secrets may go to an address: over https, or without leaving this machine. */
  public static boolean mayHaveSecrets(HttpUrl url) {
    return url.isHttps() || LOOPBACK.matcher(url.host()).matches();
  }

  /** Returns whether a request's address has the same origin. */
  boolean isOriginOf(HttpUrl request) {
    return request.scheme().equals(url.scheme())
        && request.host().equals(url.host())
        && request.port() == url.port();
  }
}
