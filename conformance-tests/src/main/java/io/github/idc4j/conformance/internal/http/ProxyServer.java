package io.github.idc4j.conformance.internal.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.apache.http.HttpHost;

/**
 * An HTTP proxy.
 *
 * @param user user and password, separated by a colon; empty if the proxy has no user
 */
record ProxyServer(String host, int port, Optional<String> user) {

  /**
   * Parses the URL of a proxy. The URL may lack {@code http://}.
   *
   * @param what name of the option or variable that contains the URL, for messages
   * @throws IllegalArgumentException if the URL is not an http URL with a host and a port; the
   *     message never contains a password
   */
  static ProxyServer parse(String what, String text) {
    String stripped = text.strip();
    try {
      URI url = new URI(stripped.contains("://") ? stripped : "http://" + stripped);
      boolean isValid =
          "http".equalsIgnoreCase(url.getScheme())
              && url.getHost() != null
              && url.getPort() > 0
              && url.getRawPath().matches("/?")
              && url.getRawQuery() == null
              && url.getRawFragment() == null;
      if (isValid) {
        Optional<String> user = Optional.ofNullable(url.getRawUserInfo()).map(ProxyServer::decoded);
        return new ProxyServer(url.getHost(), url.getPort(), user);
      }
    } catch (URISyntaxException e) {
      // Do not add the exception as the cause, because its message contains the password.
    }
    throw new IllegalArgumentException(
        what
            + " must be an http URL with a host and a port, such as http://proxy.example.org:3128"
            + (stripped.contains("@")
                ? ". Percent-encode special characters of the user and the password."
                : ", but was " + stripped));
  }

  private static String decoded(String userInfo) {
    String user = URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
    return user.contains(":") ? user : user + ":";
  }

  HttpHost httpHost() {
    return new HttpHost(host, port, "http");
  }

  /**
   * Returns the value of the header {@code Proxy-Authorization}, or empty if the proxy has no user.
   */
  Optional<String> authorization() {
    return user.map(text -> "Basic " + base64(text));
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the URL without the user and password. */
  @Override
  public String toString() {
    return "http://" + host + ":" + port;
  }
}
