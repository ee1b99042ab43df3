package io.github.idc4j.conformance.internal.http;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hosts to which requests are sent without a proxy: the value of the environment variable
 * {@code NO_PROXY}.
 *
 * @param entries IP addresses, networks such as {@code 10.0.0.0/8}, or host names, which include
 *     their subdomains. Each entry may have a port. The entry {@code *} matches all hosts.
 */
record NoProxy(List<String> entries) {

  private static final Pattern WITH_PORT = Pattern.compile("(\\[.*]|[^:]*):([0-9]{1,5})");
  private static final Pattern NETWORK = Pattern.compile("\\[?([^\\]]+)]?/([0-9]{1,3})");

  static NoProxy parse(String text) {
    return new NoProxy(
        Stream.of(text.toLowerCase(Locale.ROOT).split("[,\\s]+"))
            .filter(entry -> !entry.isEmpty())
            .toList());
  }

  /** Returns whether requests to this host and port are sent without a proxy. */
  boolean matches(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
    return entries.stream().anyMatch(entry -> matches(entry, name, port));
  }

  private static boolean matches(String entry, String host, int port) {
    Matcher withPort = WITH_PORT.matcher(entry);
    if (withPort.matches()) {
      return Integer.parseInt(withPort.group(2)) == port && matches(withPort.group(1), host, port);
    }
    if (Loopback.isAddress(host)) {
      String address = unbracketed(host);
      return entry.equals("*")
          || unbracketed(entry).equals(address)
          || isInNetwork(address, NETWORK.matcher(entry));
    }
    String domain = entry.replaceAll("^\\*?\\.|\\.$", "");
    return entry.equals("*") || host.equals(domain) || host.endsWith("." + domain);
  }

  private static String unbracketed(String host) {
    return host.replaceAll("[\\[\\]]", "");
  }

  private static boolean isInNetwork(String address, Matcher network) {
    if (!network.matches() || !Loopback.isAddress(bracketed(network.group(1)))) {
      return false;
    }
    try {
      byte[] bits = InetAddress.getByName(address).getAddress();
      byte[] first = InetAddress.getByName(network.group(1)).getAddress();
      int rest = bits.length * Byte.SIZE - Integer.parseInt(network.group(2));
      return bits.length == first.length
          && rest >= 0
          && new BigInteger(1, bits)
              .shiftRight(rest)
              .equals(new BigInteger(1, first).shiftRight(rest));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String bracketed(String address) {
    return address.contains(":") ? "[" + address + "]" : address;
  }
}
