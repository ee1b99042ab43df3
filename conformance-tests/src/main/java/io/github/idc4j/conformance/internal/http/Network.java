package io.github.idc4j.conformance.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * How requests reach the service. Immutable.
 *
 * @param headers names and values of the headers to add to every request; the values are secrets
 * @param tls certificates of TLS connections
 * @param proxies proxies of the requests
 */
public record Network(Map<String, String> headers, Tls tls, Proxies proxies) {

  /** The default: no additional headers, no proxy, and the certificates that the JDK trusts. */
  public static final Network DEFAULT = new Network(Map.of(), Tls.DEFAULT, Proxies.NONE);

  /** Minimum length of a secret to redact. Shorter strings occur in too many other words. */
  private static final int MIN_SECRET = 6;

  /** Copies the headers. */
  public Network {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = Collections.unmodifiableMap(copy);
  }

  /**
   * Returns the name of the environment variable for the value of a header. The curl commands in
   * reports use this variable.
   */
  public static String variable(String header) {
    return "IDC4J_HEADER_" + header.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /** Returns the secrets that no report may contain, each with its replacement. */
  Map<String, String> secrets() {
    Map<String, String> secrets = new LinkedHashMap<>();
    headers.forEach(
        (name, value) ->
            // A response may repeat the secret of "Bearer secret" without "Bearer".
            Stream.of(value, value.substring(value.lastIndexOf(' ') + 1))
                .forEach(secret -> secrets.put(secret, "$" + variable(name))));
    secrets.putAll(proxies.secrets());
    secrets.keySet().removeIf(secret -> secret.length() < MIN_SECRET);
    return secrets;
  }

  /** Returns the curl options that send a request to a URL with these settings. */
  String curlOptions(URI url) {
    StringBuilder options = new StringBuilder(proxies.curlOptions(url));
    if ("https".equalsIgnoreCase(url.getScheme())) {
      options.append(tls.curlOptions());
    }
    for (String name : headers.keySet()) {
      options.append(" -H \"").append(name).append(": $").append(variable(name)).append('"');
    }
    return options.toString();
  }

  /**
   * Returns a failure whose message also names the proxy of the URL, or explains a problem with a
   * certificate.
   */
  IOException explained(URI url, IOException failure) {
    String more = through(url) + advice(failure);
    return more.isEmpty()
            || failure instanceof ProxyFailure
            || failure instanceof InterruptedIOException
        ? failure
        : new IOException(
            Objects.requireNonNullElseGet(failure.getMessage(), failure::toString) + more, failure);
  }

  /** Returns a clause that names the proxy of a URL, or an empty string if the URL has no proxy. */
  String through(URI url) {
    return proxies.proxy(url).map(proxy -> " (through the proxy " + proxy + ")").orElse("");
  }

  private static String advice(IOException failure) {
    if (!(failure instanceof SSLException)) {
      return "";
    }
    boolean untrusted =
        Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
            .anyMatch(CertificateException.class::isInstance);
    if (untrusted) {
      return ". The certificate of the service is not trusted: pass the certificate of its"
          + " authority (--cacert of the command).";
    }
    return String.valueOf(failure.getMessage()).contains("certificate")
        ? ". The service may require a client certificate (--client-cert of the command)."
        : "";
  }

  /** Returns the settings without secrets. */
  @Override
  public String toString() {
    return "headers=" + headers.keySet() + ", " + tls + ", proxy=" + proxies;
  }
}
