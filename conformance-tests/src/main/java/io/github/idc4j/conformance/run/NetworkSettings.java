package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.http.Loopback;
import io.github.idc4j.conformance.internal.http.Network;
import io.github.idc4j.conformance.internal.http.Proxies;
import io.github.idc4j.conformance.internal.http.Tls;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * How a run reaches the service: additional headers, certificates and a proxy. Immutable and safe
 * for use by several threads.
 *
 * <pre>{@code
 * NetworkSettings network =
 *     NetworkSettings.builder()
 *         .header("X-Api-Key", System.getenv("API_KEY"))
 *         .trustedCertificates(Path.of("authority.pem"))
 *         .proxy("http://proxy.example.org:3128")
 *         .build();
 * ConformanceRunBuilder run = ConformanceRun.builder().network(network);
 * }</pre>
 */
public final class NetworkSettings {

  /** No additional headers, no proxy, the certificates of the JDK. */
  static final NetworkSettings DEFAULT = builder().build();

  private final Network network;
  private final boolean allowPlainHttp;

  private NetworkSettings(Network network, boolean allowPlainHttp) {
    this.network = network;
    this.allowPlainHttp = allowPlainHttp;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the environment variable that has the value of a header in the curl commands of
   * reports, such as {@code IDC4J_HEADER_X_API_KEY}.
   *
   * @param name of the header, such as {@code X-Api-Key}
   */
  public static String headerVariable(String name) {
    return Network.variable(name);
  }

  /** Returns the additional headers by name; their values are secrets. */
  public Map<String, String> headers() {
    return network.headers();
  }

  /** Returns the context of TLS connections; empty for the default one of the JDK. */
  public Optional<SSLContext> sslContext() {
    return network.tls().context();
  }

  Network network() {
    return network;
  }

  /** Returns what a reader of the reports must know. */
  List<String> notes() {
    return network.tls().insecure()
        ? List.of("Certificates and host names were not verified (--insecure).")
        : List.of();
  }

  /**
   * Checks that requests to a URL can be sent.
   *
   * @param hasTokens whether the run has ID tokens
   * @throws IllegalArgumentException if the proxy is invalid, or an ID token would be sent over
   *     plain http to a host that is not loopback
   */
  void check(URI url, boolean hasTokens) {
    network.proxies().check(url);
    if (hasTokens
        && !allowPlainHttp
        && "http".equalsIgnoreCase(url.getScheme())
        && !Loopback.isLoopback(url.getHost())) {
      throw new IllegalArgumentException(
          "ID tokens are not sent over plain http to "
              + url.getHost()
              + ". Use an https base URL, or allow it if you trust the network: with"
              + " --allow-plain-http, IDC4J_ALLOW_PLAIN_HTTP=true, or allowPlainHttp(true) of"
              + " NetworkSettings.");
    }
  }

  /** Returns the settings without values of headers and without passwords. */
  @Override
  public String toString() {
    return "NetworkSettings[" + network + ", allowPlainHttp=" + allowPlainHttp + "]";
  }

  /** Creates network settings. Not safe for use by several threads. */
  public static final class Builder {

    private static final Pattern NAME = Pattern.compile("[\\w!#$%&'*+.^`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7E]([\\t\\x20-\\x7E]*)");

    private static final Set<String> RESERVED =
        Set.of(
            "accept",
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private Optional<Path> trusted = Optional.empty();
    private boolean insecure;
    private Optional<Path> clientCertificate = Optional.empty();
    private Optional<String> password = Optional.empty();
    private Proxies proxies = Proxies.NONE;
    private boolean allowPlainHttp;

    private Builder() {}

    /**
     * Adds a header that is sent to the service with every request; none by default. Reports have
     * {@link #headerVariable} in place of its value. A value of fewer than six characters is not
     * replaced in responses that repeat it.
     *
     * @param name a second value of the same name replaces the first
     * @param value without the white space around it
     * @throws IllegalArgumentException if the name is not one of a header, or the checks themselves
     *     set that header, such as {@code Authorization}, or the value is empty or has characters
     *     other than printable ASCII; the message never has the value
     */
    public Builder header(String name, String value) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "'" + name + "' is not a header name, such as X-Api-Key");
      }
      if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "The header "
                + name
                + " cannot be added, because the checks and the HTTP client set it");
      }
      if (!VALUE.matcher(value.strip()).matches()) {
        throw new IllegalArgumentException(
            "The value of the header " + name + " must be printable ASCII and not empty");
      }
      headers.put(name, value.strip());
      return this;
    }

    /**
     * Sets the certificates to trust in place of those that the JDK trusts, which are the default.
     *
     * @param pemFile file with one or more certificates of authorities or servers in PEM format;
     *     null for the default
     */
    public Builder trustedCertificates(Path pemFile) {
      trusted = Optional.ofNullable(pemFile);
      return this;
    }

    /**
     * Sets whether every certificate and host name is accepted; false by default. If so, the
     * reports say it, and {@link #trustedCertificates} has no effect.
     */
    public Builder insecure(boolean newInsecure) {
      insecure = newInsecure;
      return this;
    }

    /**
     * Sets the certificate that identifies the run to the service; none by default.
     *
     * @param file a PKCS #12 file, or a PEM file with the certificate, those of its authorities if
     *     needed, and the unencrypted private key in PKCS #8 format; null for none
     * @param newPassword of a PKCS #12 file; null for none
     */
    public Builder clientCertificate(Path file, String newPassword) {
      clientCertificate = Optional.ofNullable(file);
      password = Optional.ofNullable(newPassword).filter(text -> !text.isEmpty());
      return this;
    }

    /**
     * Sets the HTTP proxy for all requests, those to loopback hosts included; none by default. User
     * and password, if any, are sent to it with Basic authentication. Java's system properties,
     * such as {@code http.proxyHost}, have no effect. Replaces the proxies of {@link #proxiesFrom}.
     *
     * @param url such as {@code http://user:password@proxy.example.org:3128}, with special
     *     characters of user and password percent-encoded; null for none
     * @throws IllegalArgumentException if it is not an http URL with a host and a port; the message
     *     never contains a password
     */
    public Builder proxy(String url) {
      proxies = url == null ? Proxies.NONE : Proxies.of("The proxy", url);
      return this;
    }

    /**
     * Sets the proxies that environment variables have; by default no variable is read. {@code
     * IDC4J_PROXY} has the proxy for all requests. Without it, {@code http_proxy} and {@code
     * https_proxy} have that of http and https base URLs, and {@code no_proxy} the hosts without a
     * proxy, separated by commas: names with their subdomains, IP addresses, networks such as
     * {@code 10.0.0.0/8}, or {@code *} for all. Upper case names are read if the lower case ones
     * are not set. Loopback hosts never have a proxy of {@code http_proxy} and {@code https_proxy}.
     * Replaces the proxy of {@link #proxy}.
     *
     * @throws IllegalArgumentException if {@code IDC4J_PROXY} is not an http URL with a host and a
     *     port. {@link ConformanceRunBuilder#build} checks the other variables.
     */
    public Builder proxiesFrom(Map<String, String> environment) {
      proxies = Proxies.fromEnvironment(Objects.requireNonNull(environment));
      return this;
    }

    /**
     * Sets whether ID tokens may be sent over plain http to a host that is not loopback; false by
     * default.
     */
    public Builder allowPlainHttp(boolean newAllowPlainHttp) {
      allowPlainHttp = newAllowPlainHttp;
      return this;
    }

    /**
     * Returns the settings. Reads the files of the certificates.
     *
     * @throws IllegalArgumentException if a file cannot be read, or has no certificate or key that
     *     can be used; the message never has a password or a key
     */
    public NetworkSettings build() {
      return new NetworkSettings(
          new Network(headers, new Tls(trusted, insecure, clientCertificate, password), proxies),
          allowPlainHttp);
    }
  }
}
