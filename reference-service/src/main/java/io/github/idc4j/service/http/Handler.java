package io.github.idc4j.service.http;

import java.sql.SQLException;
import java.util.Map;

/** Answers a request with the members of a JSON object. */
@FunctionalInterface
interface Handler {

  /**
   * Answers.
   *
   * @return the members; {@code code} is the status
   * @throws ApiException to answer with an error body
   * @throws SQLException to answer 500
   * @throws InterruptedException if the service is stopping
   */
  Map<String, Object> answer(Request request) throws SQLException, InterruptedException;
}
