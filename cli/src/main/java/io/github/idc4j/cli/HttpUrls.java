package io.github.idc4j.cli;

import java.net.URI;
import java.util.Set;

/** Validates the URLs of servers in options. */
final class HttpUrls {

  private static final Set<String> SCHEMES = Set.of("http", "https");

  private HttpUrls() {}

  /**
   * Verifies that a URL begins with {@code http} or {@code https} and has a host.
   *
   * @param option the name of the option
   * @param url the URL; if null, the option is not set, which is allowed
   * @param example a valid URL, for the message
   */
  static void require(String option, URI url, String example) throws UserException {
    if (url == null) {
      return;
    }
    if (!SCHEMES.contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
      throw new UserException(
          Main.WRONG_USAGE,
          option + " must be an http or https URL such as " + example + ", but was " + url + ".");
    }
  }
}
