package io.github.idc4j.service.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.InetAddressSet;

/**
 * Uses {@code Forwarded} and {@code X-Forwarded-*} headers of trusted proxies, and ignores those of
 * all other hosts. If a request came through several proxies, the client is the last host that is
 * not a trusted proxy, because clients can send such headers too.
 */
final class TrustedProxies implements HttpConfiguration.Customizer {

  private static final String FOR = HttpHeader.X_FORWARDED_FOR.asString();

  /** The headers that have a value for each proxy, or one value. */
  private static final List<String> OTHERS =
      Stream.of(
              HttpHeader.X_FORWARDED_PROTO,
              HttpHeader.X_FORWARDED_HOST,
              HttpHeader.X_FORWARDED_PORT)
          .map(HttpHeader::asString)
          .toList();

  private static final Pattern FOR_PARAMETER =
      Pattern.compile("(?i)(?:^|;)\\s*for\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;\"]*))");

  /** An IPv4 or IPv6 address. Java would look up other texts as host names. */
  private static final String ADDRESS =
      "((25[0-5]|2[0-4]\\d|1?\\d{1,2})(\\.(?=\\d)|(?![\\d.]))){4}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

  private static final Pattern RANGE = Pattern.compile("(" + ADDRESS + ")(/\\d{1,3})?");

  /** An address, perhaps with brackets and a port. */
  private static final Pattern NODE =
      Pattern.compile("\\[?(?<address>" + ADDRESS + ")(?:](:\\d+)?|(?<=\\.\\d{1,3}):\\d+)?");

  /** Other headers that proxies add. The service does not use them. */
  private static final List<String> UNUSED =
      List.of(
          "X-Forwarded-Server",
          "X-Proxied-Https",
          "Proxy-Auth-Cert",
          "Proxy-Ssl-Id",
          "X-Real-IP",
          "X-Original-Host",
          "CF-Connecting-IP",
          "True-Client-IP");

  private final InetAddressSet proxies;
  private final ForwardedRequestCustomizer headers = new ForwardedRequestCustomizer();

  /**
   * Creates an instance.
   *
   * @param proxies addresses and CIDR ranges
   */
  TrustedProxies(Set<String> proxies) {
    this.proxies = parse(proxies);
    // Clients can send these headers through proxies that do not know them.
    headers.setForwardedServerHeader(null);
    headers.setForwardedHttpsHeader(null);
    headers.setForwardedCipherSuiteHeader(null);
    headers.setForwardedSslSessionIdHeader(null);
  }

  /** Throws an exception if a text is neither an address nor a CIDR range. */
  static InetAddressSet parse(Set<String> texts) {
    InetAddressSet proxies = new InetAddressSet();
    for (String text : texts) {
      try {
        if (!RANGE.matcher(text).matches()) {
          throw new IllegalArgumentException(text);
        }
        proxies.add(text);
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(
            "A trusted proxy must be an IP address or a CIDR range such as 10.0.0.0/8, but was '"
                + text
                + "'.",
            e);
      }
    }
    return proxies;
  }

  /** Returns whether a request has a header that only proxies add. */
  static boolean isForwarded(HttpFields headers) {
    return headers.contains(HttpHeader.VIA)
        || headers.contains(HttpHeader.FORWARDED)
        || hasNonStandard(headers)
        || UNUSED.stream().anyMatch(headers::contains);
  }

  private static boolean hasNonStandard(HttpFields headers) {
    return headers.contains(FOR) || OTHERS.stream().anyMatch(headers::contains);
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    if (!(request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress peer)
        || !proxies.test(peer.getAddress())) {
      return request;
    }
    boolean standard = request.getHeaders().contains(HttpHeader.FORWARDED);
    if (standard && hasNonStandard(request.getHeaders())) {
      throw new HttpException.RuntimeException(
          HttpStatus.BAD_REQUEST_400,
          "The request has Forwarded and X-Forwarded headers. The proxy must remove those that it"
              + " does not set itself.");
    }
    HttpFields client =
        standard ? standardOfClient(request.getHeaders()) : ofClient(request.getHeaders());
    return headers.customize(
        new Request.Wrapper(request) {
          @Override
          public HttpFields getHeaders() {
            return client;
          }
        },
        responseHeaders);
  }

  /** Keeps the element of the {@code Forwarded} header that describes the client. */
  private HttpFields standardOfClient(HttpFields all) {
    List<String> elements = all.getCSV(HttpHeader.FORWARDED, true);
    if (elements.isEmpty()) {
      return HttpFields.build(all).remove(HttpHeader.FORWARDED);
    }
    List<String> hops = elements.stream().map(TrustedProxies::node).toList();
    return HttpFields.build(all).put(HttpHeader.FORWARDED, elements.get(client(hops)));
  }

  private static String node(String element) {
    Matcher node = FOR_PARAMETER.matcher(element);
    if (!node.find()) {
      return "";
    }
    return node.group(1) == null ? node.group(2) : node.group(1);
  }

  /** Keeps the values of the {@code X-Forwarded-*} headers that describe the client. */
  private HttpFields ofClient(HttpFields all) {
    HttpFields.Mutable client = HttpFields.build(all);
    List<String> hops = all.getCSV(FOR, false);
    int index = hops.isEmpty() ? 0 : client(hops);
    if (!hops.isEmpty()) {
      client.put(FOR, hops.get(index));
    }
    for (String name : OTHERS) {
      List<String> values = all.getCSV(name, false);
      if (!values.isEmpty()) {
        boolean ofEachProxy = values.size() == hops.size();
        client.put(name, values.get(ofEachProxy ? index : values.size() - 1));
      }
    }
    return client;
  }

  /** Returns the index of the last host that is not a trusted proxy; 0 if all are. */
  private int client(List<String> hops) {
    int index = hops.size() - 1;
    while (index > 0 && isTrusted(hops.get(index))) {
      index--;
    }
    return index;
  }

  private boolean isTrusted(String node) {
    Matcher address = NODE.matcher(node);
    try {
      return address.matches() && proxies.test(InetAddress.getByName(address.group("address")));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
