package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.http.Loopback;
import java.net.URI;
import java.net.URISyntaxException;

/** Validates base URLs. */
public final class BaseUrl {

  static final String EXAMPLE = "http://127.0.0.1:8080/v1";

  private BaseUrl() {}

  /**
   * Parses and validates a base URL.
   *
   * @param what name of the option or variable, for messages
   * @throws IllegalArgumentException if the base URL is invalid; see {@link #checked}
   */
  public static URI parse(String what, String text) {
    try {
      return checked(what, new URI(text.strip()));
    } catch (URISyntaxException e) {
      throw text.contains("@")
          ? hasUser(what)
          : new IllegalArgumentException(
              what + " must be a URL such as " + EXAMPLE + ", but was " + text, e);
    }
  }

  /**
   * Validates a base URL, and returns it without a trailing slash.
   *
   * @param what name of the option or variable, for messages
   * @throws IllegalArgumentException if the URL is not an http or https URL with a host, or if it
   *     has a user, a query or a fragment; the message never contains a password
   */
  public static URI checked(String what, URI url) {
    if (url.getRawUserInfo() != null || (url.getHost() == null && url.toString().contains("@"))) {
      throw hasUser(what);
    }
    boolean http =
        "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    if (!http || url.getHost() == null) {
      throw new IllegalArgumentException(
          what
              + " must be an http or https URL such as "
              + EXAMPLE
              + ", with only letters, digits, - and . in the host name, but was "
              + url);
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          what + " must have no query or fragment, such as " + EXAMPLE + ", but was " + url);
    }
    return URI.create(url.toString().replaceAll("/+$", ""));
  }

  private static IllegalArgumentException hasUser(String what) {
    return new IllegalArgumentException(
        what
            + " must not have a user or password before @. Authenticate with an ID token, such as in"
            + " IDC4J_TOKEN");
  }

  /**
   * Returns whether the host of a URL is {@code localhost} or a loopback IP address. Other names
   * are not loopback, because they may resolve to another host later.
   */
  public static boolean isLoopback(URI url) {
    return Loopback.isLoopback(url.getHost());
  }
}
