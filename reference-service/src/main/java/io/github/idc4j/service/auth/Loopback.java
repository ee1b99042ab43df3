package io.github.idc4j.service.auth;

import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognizes URLs of this host, which only programs on this host can use. */
public final class Loopback {

  private static final Set<String> NAMES = Set.of("localhost", "[::1]");
  private static final Pattern IPV4 = Pattern.compile("127(\\.\\d{1,3}){3}");

  private Loopback() {}

  /**
   * Returns whether a host is a loopback host.
   *
   * @param host a name, an IPv4 address, or an IPv6 address in brackets; null if there is no host
   */
  public static boolean isHost(String host) {
    return host != null && (NAMES.contains(host) || IPV4.matcher(host).matches());
  }

  /** Returns whether a text is an {@code http} URL with a loopback host. */
  static boolean isHttpUrl(String text) {
    return isUrl(text, Set.of("http"));
  }

  /** Returns whether a text is an {@code http} or {@code https} URL with a loopback host. */
  static boolean isUrl(String text) {
    return isUrl(text, Set.of("http", "https"));
  }

  private static boolean isUrl(String text, Set<String> schemes) {
    try {
      URI url = URI.create(text);
      return url.getScheme() != null
          && schemes.contains(url.getScheme())
          && url.getUserInfo() == null
          && isHost(url.getHost());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
