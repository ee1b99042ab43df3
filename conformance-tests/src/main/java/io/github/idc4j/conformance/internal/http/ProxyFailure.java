package io.github.idc4j.conformance.internal.http;

import java.io.IOException;
import java.util.Set;

/** A proxy responded in place of the service, so the service never received the request. */
final class ProxyFailure extends IOException {

  private static final long serialVersionUID = 1L;

  static final int AUTHENTICATION_REQUIRED = 407;

  private static final Set<Integer> TEMPORARY = Set.of(429, 502, 503, 504);

  private final int status;

  ProxyFailure(ProxyServer proxy, int status) {
    super("the proxy " + proxy + " responded with " + status + ": " + reason(proxy, status));
    this.status = status;
  }

  private static String reason(ProxyServer proxy, int status) {
    if (status != AUTHENTICATION_REQUIRED) {
      return "it did not connect to the service";
    }
    return proxy.user().isPresent()
        ? "it does not accept the user and password. Check the URL of the proxy."
        : "it requires a user and a password. Put them into the URL of the proxy, as in"
            + " http://user:password@proxy.example.org:3128.";
  }

  /** Returns whether the failure is temporary, so that a retry may succeed. */
  boolean isTemporary() {
    return TEMPORARY.contains(status);
  }
}
