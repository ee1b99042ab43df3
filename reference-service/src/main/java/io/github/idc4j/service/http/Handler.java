package io.github.idc4j.service.http;

import java.sql.SQLException;
import java.util.Map;

/** Handles a request and returns the members of a JSON object. */
@FunctionalInterface
interface Handler {

  /**
   * Handles a request.
   *
   * @return the members; {@code code} is the status
   * @throws ApiException to return an error body
   * @throws SQLException to return 500
   * @throws InterruptedException if the service is stopping
   */
  Map<String, Object> answer(Request request) throws SQLException, InterruptedException;
}
