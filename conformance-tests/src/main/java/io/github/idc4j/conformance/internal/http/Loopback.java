package io.github.idc4j.conformance.internal.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Recognizes loopback hosts and IP addresses without asking a name server. */
public final class Loopback {

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.]+]");

  private Loopback() {}

  /**
   * Returns whether a host is {@code localhost} or a loopback IP address. Other names are not
   * loopback, because they may resolve to another host later.
   *
   * @param host host of a URL, with brackets around an IPv6 address; returns false for null
   */
  public static boolean isLoopback(String host) {
    if (host == null) {
      return false;
    }
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return isAddress(host) && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Returns whether a host is an IPv4 address or an IPv6 address in brackets. */
  static boolean isAddress(String host) {
    return ADDRESS.matcher(host).matches();
  }
}
