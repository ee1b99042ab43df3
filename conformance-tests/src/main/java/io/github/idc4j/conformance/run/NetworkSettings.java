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
 * How a run reaches the service: with which additional headers, certificates and proxy. Immutable
 * and safe for use by several threads.
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

  /** The default: no additional headers, no proxy, and the certificates that the JDK trusts. */
  static final NetworkSettings DEFAULT = builder().build();

  private final Network network;
  private final boolean allowPlainHttp;

  private NetworkSettings(Network network, boolean allowPlainHttp) {
    this.network = network;
    this.allowPlainHttp = allowPlainHttp;
  }

  /** Returns a builder with the default settings. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the name of an environment variable for the value of a header, such as {@code
   * IDC4J_HEADER_X_API_KEY}. The curl commands in reports use this variable.
   *
   * @param name name of the header, such as {@code X-Api-Key}
   */
  public static String headerVariable(String name) {
    return Network.variable(name);
  }

  /** Returns the names and values of the additional headers. The values are secrets. */
  public Map<String, String> headers() {
    return network.headers();
  }

  /** Returns the context for TLS connections, or empty for the default context of the JDK. */
  public Optional<SSLContext> sslContext() {
    return network.tls().context();
  }

  Network network() {
    return network;
  }

  /** Returns sentences that readers of the reports need. */
  List<String> notes() {
    return network.tls().insecure()
        ? List.of("Certificates and host names were not verified (--insecure).")
        : List.of();
  }

  /**
   * Checks that requests to a URL can be sent.
   *
   * @param hasTokens whether the run has ID tokens
   * @throws IllegalArgumentException if the proxy is invalid, or if an ID token would be sent over
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

  /** Returns the settings without the values of headers and without passwords. */
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
     * Adds a header to every request to the service. By default, requests have no additional
     * header.
     *
     * <p>Reports contain {@link #headerVariable} in place of the value. If a response repeats a
     * value of fewer than six characters, however, the reports show that value.
     *
     * @param name name of the header; a second value for the same name replaces the first value
     * @param value value of the header; white space around the value is removed
     * @throws IllegalArgumentException if the name is not a valid header name, if the suite itself
     *     sets this header (such as {@code Authorization}), or if the value is empty or contains
     *     characters other than printable ASCII; the message never contains the value
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
     * Sets the certificates to trust. They replace the certificates that the JDK trusts, which are
     * the default.
     *
     * @param pemFile PEM file with one or more certificates of authorities or servers; null for the
     *     default
     */
    public Builder trustedCertificates(Path pemFile) {
      trusted = Optional.ofNullable(pemFile);
      return this;
    }

    /**
     * Sets whether to accept every certificate and host name. False by default. If true, the
     * reports contain a note, and {@link #trustedCertificates} has no effect.
     */
    public Builder insecure(boolean newInsecure) {
      insecure = newInsecure;
      return this;
    }

    /**
     * Sets the certificate that identifies the run to the service. By default, the run has no
     * certificate.
     *
     * @param file a PKCS #12 file or a PEM file; null for none. A PEM file contains the
     *     certificate, the certificates of its authorities if needed, and the unencrypted private
     *     key in PKCS #8 format.
     * @param newPassword password of the PKCS #12 file; null for none
     */
    public Builder clientCertificate(Path file, String newPassword) {
      clientCertificate = Optional.ofNullable(file);
      password = Optional.ofNullable(newPassword).filter(text -> !text.isEmpty());
      return this;
    }

    /**
     * Sets the HTTP proxy for all requests, including requests to loopback hosts. By default,
     * requests use no proxy. This setting replaces {@link #proxiesFrom}.
     *
     * <p>If the URL has a user and a password, they are sent to the proxy with Basic
     * authentication. Java's system properties, such as {@code http.proxyHost}, have no effect.
     *
     * @param url URL of the proxy, such as {@code http://user:password@proxy.example.org:3128},
     *     with percent-encoded special characters in the user and password; null for none
     * @throws IllegalArgumentException if the URL is not an http URL with a host and a port; the
     *     message never contains a password
     */
    public Builder proxy(String url) {
      proxies = url == null ? Proxies.NONE : Proxies.of("The proxy", url);
      return this;
    }

    /**
     * Sets the proxies from environment variables. By default, no variable is read. This setting
     * replaces {@link #proxy}.
     *
     * <ul>
     *   <li>{@code IDC4J_PROXY} contains the URL of a proxy for all requests. If this variable is
     *       set, the other variables have no effect.
     *   <li>{@code http_proxy} and {@code https_proxy} contain the URLs of the proxies for http and
     *       https base URLs. They do not apply to loopback hosts.
     *   <li>{@code no_proxy} lists the hosts to reach without a proxy, separated by commas. An
     *       entry is an IP address, a network such as {@code 10.0.0.0/8}, or a host name, which
     *       includes its subdomains. The entry {@code *} means all hosts.
     * </ul>
     *
     * <p>If {@code http_proxy}, {@code https_proxy} or {@code no_proxy} is not set, the variable
     * with the same name in upper case applies.
     *
     * @param environment names and values of environment variables, such as {@link System#getenv()}
     * @throws IllegalArgumentException if {@code IDC4J_PROXY} is not an http URL with a host and a
     *     port. {@link ConformanceRunBuilder#build} checks the other variables.
     */
    public Builder proxiesFrom(Map<String, String> environment) {
      proxies = Proxies.fromEnvironment(Objects.requireNonNull(environment));
      return this;
    }

    /**
     * Sets whether ID tokens may be sent over plain http to a host that is not loopback. False by
     * default.
     */
    public Builder allowPlainHttp(boolean newAllowPlainHttp) {
      allowPlainHttp = newAllowPlainHttp;
      return this;
    }

    /**
     * Returns the settings. Reads the certificate files.
     *
     * @throws IllegalArgumentException if a file cannot be read, or if it contains no usable
     *     certificate or key; the message never contains a password or a key
     */
    public NetworkSettings build() {
      return new NetworkSettings(
          new Network(headers, new Tls(trusted, insecure, clientCertificate, password), proxies),
          allowPlainHttp);
    }
  }
}
