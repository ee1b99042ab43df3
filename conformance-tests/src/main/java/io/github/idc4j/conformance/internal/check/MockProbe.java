package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import java.util.List;

/** Detects whether a service is a mock server, which returns the examples in the spec. */
public final class MockProbe {

  private static final List<String> TOKENS = List.of("no-token-of-a-service", "nor-this");

  private final ServiceUnderTest service;

  /** Creates a probe. Sends no request. */
  public MockProbe(ServiceUnderTest service) {
    this.service = service;
  }

  /**
   * Returns whether the service is a mock server. A mock server returns the same page for different
   * page tokens that it never issued, at each paged endpoint.
   */
  public boolean isMock() {
    return List.of(PagedEndpoint.values()).stream().allMatch(this::returnsTheSamePage);
  }

  private boolean returnsTheSamePage(PagedEndpoint endpoint) {
    List<Exchange> pages = TOKENS.stream().map(token -> send(endpoint.next(token))).toList();
    return pages.stream().allMatch(page -> page.status() == 200)
        && pages.get(0).json().equals(pages.get(1).json());
  }

  private Exchange send(ApiRequest request) {
    return service.client().sendAside(service.baseUrl(), request);
  }
}
