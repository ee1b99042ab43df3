package io.github.idc4j.service.http;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** Handles the requests with one HTTP method to one path. */
@FunctionalInterface
interface Handler {

  /**
   * Handles a request.
   *
   * @return completes with the response, or with a failure that this method can also throw
   * @throws ApiException if the response is an error
   * @throws SQLException if the database fails; the response is 500
   */
  CompletableFuture<Reply> handle(Request request) throws SQLException;

  /** Handles requests without waiting for queries. */
  @FunctionalInterface
  interface Immediate {
    /** See {@link Handler#handle}. */
    Reply handle(Request request) throws SQLException;
  }

  static Handler of(Immediate handler) {
    return request -> CompletableFuture.completedFuture(handler.handle(request));
  }
}
