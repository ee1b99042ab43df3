package io.github.idc4j.service.http;

import java.sql.SQLException;
import java.util.Map;

/** Handles the requests with one HTTP method to one path. */
@FunctionalInterface
interface Handler {

  /**
   * Handles a request.
   *
   * @return the members of the JSON object in the response body; the member {@code code} is also
   *     the status code
   * @throws ApiException if the response is an error
   * @throws SQLException if the database fails; the response is 500
   * @throws InterruptedException if the service is stopping; the response is 500
   */
  Map<String, Object> handle(Request request) throws SQLException, InterruptedException;
}
