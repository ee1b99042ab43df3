package io.github.idc4j.service.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where an HTTP server listens, and whom it trusts.
 *
 * @param address the local address to listen on; a wildcard address for all addresses
 * @param port the port; 0 for any free port
 * @param hosts the names of this host, in addition to those of the loopback host and to the address
 * @param tls the key and certificates of an https server; empty for plain HTTP
 * @param trustedProxies the addresses and CIDR ranges of the proxies whose headers are trusted
 * @param stopWait how long requests may continue after the server begins to stop
 */
public record NetworkSettings(
    InetAddress address,
    int port,
    Set<String> hosts,
    Optional<TlsKey> tls,
    Set<String> trustedProxies,
    Duration stopWait) {

  /** A name, an IPv4 address, or an IPv6 address in brackets. */
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?|\\[[0-9A-Fa-f:.]+]");

  /**
   * Creates an instance with copies of the sets.
   *
   * @throws IllegalArgumentException if a host is not a name, or if a proxy is neither an address
   *     nor a range
   */
  public NetworkSettings {
    Objects.requireNonNull(address);
    Objects.requireNonNull(stopWait);
    hosts = Set.copyOf(hosts);
    trustedProxies = Set.copyOf(trustedProxies);
    hosts.forEach(NetworkSettings::requireName);
    TrustedProxies.parse(trustedProxies);
  }

  private static void requireName(String host) {
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "A host must be a name without scheme, port and path, such as idc.example.org, but was '"
              + host
              + "'.");
    }
  }

  /** Returns the settings of a server for this host only, over plain HTTP. */
  public static NetworkSettings loopback(int port) {
    return new NetworkSettings(
        InetAddress.getLoopbackAddress(),
        port,
        Set.of(),
        Optional.empty(),
        Set.of(),
        Duration.ofSeconds(10));
  }

  /** Returns the same settings with another port. */
  NetworkSettings withPort(int newPort) {
    return new NetworkSettings(address, newPort, hosts, tls, trustedProxies, stopWait);
  }

  /** Returns whether only programs on this host can reach the server, perhaps through a proxy. */
  public boolean isLocal() {
    return address.isLoopbackAddress();
  }

  /**
   * Returns the host in the URL of the server. If the server listens on all addresses, this is a
   * loopback address.
   */
  String host() {
    if (address.isAnyLocalAddress()) {
      return "127.0.0.1";
    }
    String text = address.getHostAddress();
    // Clients use the short form of an IPv6 address.
    return address instanceof Inet6Address
        ? "[" + text.replaceFirst("%.*", "").replaceFirst("(^|:)0(:0)+(:|$)", "::") + "]"
        : text;
  }

  /** Returns the URL of a server that listens on a port. */
  URI url(int actualPort) {
    return URI.create((tls.isPresent() ? "https" : "http") + "://" + host() + ":" + actualPort);
  }
}
