package io.github.idc4j.service.http;

import io.github.idc4j.service.data.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Reports whether the service works, for programs that start, stop and replace services. */
final class OperationResource {

  private final Database database;

  OperationResource(Database database) {
    this.database = database;
  }

  List<Route> routes() {
    return List.of(
        Route.of("/health", false, Map.of("GET", Handler.of(request -> healthy()))),
        Route.of("/ready", false, Map.of("GET", Handler.of(request -> ready()))));
  }

  /** Responds if the server runs. A service that does not respond should be restarted. */
  private static Reply healthy() {
    return Reply.ok(Map.of("status", "UP"));
  }

  /** Responds with 200 if the database works. Other services should otherwise get the requests. */
  private Reply ready() {
    try {
      return Reply.ok(Map.of("status", "UP", "instances", database.rows()));
    } catch (SQLException e) {
      throw ApiException.of(503, "The database does not work: " + e.getMessage());
    }
  }
}
