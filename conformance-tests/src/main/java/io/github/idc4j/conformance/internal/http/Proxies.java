package io.github.idc4j.conformance.internal.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Selects the proxy for a request. Immutable. */
public final class Proxies {

  /** Uses no proxy for any request. */
  public static final Proxies NONE = new Proxies(Optional.empty(), Map.of());

  /**
   * Name of the environment variable that contains the URL of a proxy for all requests. The option
   * {@code --proxy} has the same effect.
   */
  public static final String VARIABLE = "IDC4J_PROXY";

  private static final List<String> VARIABLES =
      List.of("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY");

  private final Optional<ProxyServer> fixed;
  private final Map<String, String> environment;

  private Proxies(Optional<ProxyServer> fixed, Map<String, String> environment) {
    this.fixed = fixed;
    this.environment = environment;
  }

  /**
   * Returns proxies that use one proxy for all requests, including requests to loopback hosts.
   *
   * @param what name of the option or variable that contains the URL, for messages
   * @param url URL of the proxy
   * @throws IllegalArgumentException if the URL is not an http URL with a host and a port; the
   *     message never contains a password
   */
  public static Proxies of(String what, String url) {
    return new Proxies(Optional.of(ProxyServer.parse(what, url)), Map.of());
  }

  /**
   * Returns the proxies that environment variables define. If {@value #VARIABLE} is set, its proxy
   * applies to all requests, including requests to loopback hosts. Otherwise, {@code http_proxy},
   * {@code https_proxy} and {@code no_proxy} apply, in lower or upper case, and requests to
   * loopback hosts use no proxy.
   *
   * @throws IllegalArgumentException if {@value #VARIABLE} is invalid; see {@link #of}
   */
  public static Proxies fromEnvironment(Map<String, String> environment) {
    String all = environment.getOrDefault(VARIABLE, "");
    return all.isBlank()
        ? new Proxies(
            Optional.empty(),
            VARIABLES.stream()
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .collect(Collectors.toUnmodifiableMap(name -> name, environment::get)))
        : of(VARIABLE, all);
  }

  /**
   * Checks that the proxy of a URL can be used. Does nothing if the URL has no proxy.
   *
   * @throws IllegalArgumentException if the variable for the URL does not contain an http URL with
   *     a host and a port
   */
  public void check(URI url) {
    proxy(url);
  }

  /** Returns the proxy for a URL, or empty if the URL has no proxy. */
  Optional<ProxyServer> proxy(URI url) {
    return fixed.or(
        () ->
            variable(url)
                .filter(name -> !isExcluded(url))
                .map(name -> ProxyServer.parse(name, environment.get(name))));
  }

  private Optional<String> variable(URI url) {
    String name = url.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
    return first(name, name.toUpperCase(Locale.ROOT));
  }

  private Optional<String> first(String... names) {
    return Stream.of(names).filter(environment::containsKey).findFirst();
  }

  private boolean isExcluded(URI url) {
    String host = url.getHost();
    int defaultPort = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    int port = url.getPort() < 0 ? defaultPort : url.getPort();
    return Loopback.isLoopback(host)
        || first("no_proxy", "NO_PROXY")
            .map(environment::get)
            .filter(text -> NoProxy.parse(text).matches(host, port))
            .isPresent();
  }

  /**
   * Returns the options that make curl use the same proxy. Returns an empty string if curl needs no
   * option.
   */
  String curlOptions(URI url) {
    if (fixed.isPresent()) {
      String proxy =
          fixed.get().user().isPresent() ? "\"$" + VARIABLE + "\"" : "'" + fixed.get() + "'";
      return " --noproxy '' --proxy " + proxy;
    }
    return variable(url)
        .map(name -> isExcluded(url) ? " --noproxy '*'" : " --noproxy '' --proxy \"$" + name + "\"")
        .orElse("");
  }

  /** Returns the secrets that no report may contain, each with its replacement. */
  Map<String, String> secrets() {
    Stream<String> users =
        Stream.concat(
            fixed.flatMap(ProxyServer::user).stream(),
            environment.keySet().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).matches("https?_proxy"))
                .map(this::user)
                .flatMap(Optional::stream));
    return users
        .distinct()
        .flatMap(
            user ->
                Stream.of(user, user.substring(user.indexOf(':') + 1), ProxyServer.base64(user)))
        .distinct()
        .collect(Collectors.toMap(secret -> secret, secret -> "$" + VARIABLE));
  }

  private Optional<String> user(String variable) {
    try {
      return ProxyServer.parse(variable, environment.get(variable)).user();
    } catch (IllegalArgumentException e) {
      // No request uses a proxy whose URL is invalid.
      return Optional.empty();
    }
  }

  /** Returns a description of the proxies without users and passwords. */
  @Override
  public String toString() {
    return fixed.map(Objects::toString).orElseGet(() -> environment.keySet().toString());
  }
}
