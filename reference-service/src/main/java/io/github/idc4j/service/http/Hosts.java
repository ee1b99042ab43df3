package io.github.idc4j.service.http;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses requests for other hosts with 421. Otherwise, a web page could use the service as its own
 * origin, if the page changes the address of its host name after it was loaded (DNS rebinding).
 */
final class Hosts extends Handler.Wrapper {

  /** These paths show nothing that other web pages should not know. */
  private static final Set<String> WATCHED = Set.of("/health", "/ready");

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> names;

  /**
   * Creates an instance that allows the names of the loopback host and those of the settings, all
   * without ports.
   */
  Hosts(Handler next, NetworkSettings network) {
    super(next);
    this.names =
        Stream.of(LOOPBACK, network.hosts(), Set.of(network.host()))
            .flatMap(Set::stream)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String host = request.getHttpURI().getHost();
    String path = Objects.requireNonNullElse(request.getHttpURI().getCanonicalPath(), "");
    // Only programs that use HTTP/1.0 send no host. Programs that watch services use addresses.
    if (host == null || WATCHED.contains(path) || names.contains(host.toLowerCase(Locale.ROOT))) {
      return super.handle(request, response, callback);
    }
    Reply.error(
            HttpStatus.MISDIRECTED_REQUEST_421,
            "This service does not respond to requests for the host "
                + host
                + ". To allow the host, start the service with --allow-host.")
        .write(response, callback);
    return true;
  }
}
