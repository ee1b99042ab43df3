package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.http.Loopback;
import java.net.URI;
import java.net.URISyntaxException;

/** Addresses below which services have their operations. */
public final class BaseUrl {

  static final String EXAMPLE = "http://127.0.0.1:8080/v1";

  private BaseUrl() {}

  /**
   * Reads an address.
   *
   * @param what the option or variable that has it, for the message
   * @throws IllegalArgumentException as {@link #checked} does
   */
  public static URI parse(String what, String text) {
    try {
      return checked(what, new URI(text.strip()));
    } catch (URISyntaxException e) {
      throw text.contains("@")
          ? hasUser(what)
          : new IllegalArgumentException(
              what + " must be a URL such as " + EXAMPLE + ", not " + text, e);
    }
  }

  /**
   * Returns an address without a final slash.
   *
   * @param what the option or variable that has it, for the message
   * @throws IllegalArgumentException if it is no http or https address with a host, or has a user,
   *     a query or a fragment; a message never has a user's password
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
              + " must be an http or https address, such as "
              + EXAMPLE
              + ", with a host name of letters, digits, - and . only, not "
              + url);
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          what + " must end with its path, such as " + EXAMPLE + ", not be " + url);
    }
    return URI.create(url.toString().replaceAll("/+$", ""));
  }

  private static IllegalArgumentException hasUser(String what) {
    return new IllegalArgumentException(
        what
            + " must not have a user or a password before the host (what stands before @); a caller"
            + " is known by an ID token alone, such as IDC4J_TOKEN");
  }

  /**
   * Returns whether an address is one of this machine by itself: {@code localhost}, or a number
   * such as 127.0.0.1. A name that is only looked up as such may be one of another machine
   * tomorrow.
   */
  public static boolean isLoopback(URI url) {
    return Loopback.isLoopback(url.getHost());
  }
}
