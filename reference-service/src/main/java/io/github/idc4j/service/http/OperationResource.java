package io.github.idc4j.service.http;

import java.util.List;
import java.util.Map;

/** Reports how the service works, for programs that start, stop, replace and observe services. */
final class OperationResource {

  private OperationResource() {}

  static List<Route> routes(Monitoring monitoring) {
    return List.of(
        Route.of("/health", false, Map.of("GET", Handler.of(request -> healthy()))),
        Route.of(
            "/ready", false, Map.of("GET", Handler.of(request -> ready(monitoring.readiness())))));
  }

  static List<Route> metrics(Metrics metrics) {
    return List.of(
        Route.of(
            "/metrics",
            false,
            Map.of(
                "GET", Handler.of(request -> Reply.text(Metrics.CONTENT_TYPE, metrics.text())))));
  }

  /** Responds if the server runs. A service that does not respond should be restarted. */
  private static Reply healthy() {
    return Reply.ok(Map.of("status", "UP"));
  }

  /** Responds with 503 if other services should get the requests. */
  private static Reply ready(Readiness readiness) {
    readiness
        .problem()
        .ifPresent(
            problem -> {
              throw ApiException.of(503, problem);
            });
    return Reply.ok(Map.of("status", "UP"));
  }
}
