package io.github.idc4j.conformance.internal.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chooses the proxy for a request. Immutable. */
public final class Proxies {

  /** No proxy for any request. */
  public static final Proxies NONE = new Proxies(Optional.empty(), Map.of());

  /** Environment variable with the URL of a proxy for all requests, as {@code --proxy} has it. */
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
   * Returns one proxy for all requests, those to loopback hosts included.
   *
   * @param what the option that has it, for the message
   * @throws IllegalArgumentException if it is not an http URL with a host and a port; the message
   *     never has a password
   */
  public static Proxies of(String what, String url) {
    return new Proxies(Optional.of(ProxyServer.parse(what, url)), Map.of());
  }

  /**
   * Returns the proxies of environment variables: {@value #VARIABLE}, or else {@code http_proxy},
   * {@code https_proxy} and {@code no_proxy}, also in upper case. Except with the first, loopback
   * hosts have no proxy.
   *
   * @throws IllegalArgumentException as {@link #of} does, for {@value #VARIABLE}
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
   * Checks that the proxy of a URL, if it has one, can be used.
   *
   * @throws IllegalArgumentException if a variable has no http URL with a host and a port
   */
  public void check(URI url) {
    proxy(url);
  }

  /** Returns the proxy for a URL; empty for none. */
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

  /** Returns curl options with which curl uses the same proxy; empty if it does by default. */
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

  /** Returns texts that no report may have, each with its replacement. */
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
      // A proxy that no request uses.
      return Optional.empty();
    }
  }

  /** Returns the proxies without users and passwords. */
  @Override
  public String toString() {
    return fixed.map(Objects::toString).orElseGet(() -> environment.keySet().toString());
  }
}
