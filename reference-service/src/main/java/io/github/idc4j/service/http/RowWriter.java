package io.github.idc4j.service.http;

import io.github.idc4j.service.result.PageRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a body with rows. While the client receives some rows, the next ones are read, so that few
 * rows are in memory and no thread waits for the client.
 */
final class RowWriter extends IteratingCallback {

  private static final Logger LOG = LoggerFactory.getLogger(RowWriter.class);

  private enum Part {
    HEAD,
    ROWS,
    END
  }

  private final Response response;
  private final Deadlines deadlines;
  private final ByteBuffer head;
  private final PageRows rows;
  private final ByteBuffer tail;
  private final Callback callback;
  private final Callback written;
  private Part part = Part.HEAD;
  private Optional<ByteBuffer> next = Optional.empty();
  private Optional<Exception> failure = Optional.empty();

  /**
   * Creates a writer.
   *
   * @param deadlines limit the time in which the client must receive each part
   * @param threads write the parts; other threads are needed for short responses
   */
  RowWriter(
      Response response,
      Deadlines deadlines,
      Executor threads,
      ByteBuffer head,
      PageRows rows,
      ByteBuffer tail,
      Callback callback) {
    this.response = response;
    this.deadlines = deadlines;
    this.head = head;
    this.rows = rows;
    this.tail = tail;
    this.callback = callback;
    this.written =
        Callback.from(
            () -> {
              deadlines.awaitResponse(response.getRequest());
              threads.execute(this::succeeded);
            },
            this::failed);
  }

  @Override
  protected Action process() throws Exception {
    if (failure.isPresent()) {
      throw failure.get();
    }
    deadlines.awaitReader(response.getRequest());
    switch (part) {
      case HEAD -> {
        part = Part.ROWS;
        response.write(false, head, written);
        readNext();
      }
      case ROWS -> {
        if (next.isPresent()) {
          response.write(false, next.get(), written);
          readNext();
        } else {
          part = Part.END;
          response.write(true, tail, written);
        }
      }
      default -> {
        return Action.SUCCEEDED;
      }
    }
    return Action.SCHEDULED;
  }

  /** Does not throw, because the previous rows are still being written. */
  private void readNext() {
    try {
      next = rows.next();
    } catch (IOException | SQLException | RuntimeException e) {
      LOG.error(
          "The rows of the response to the request {} can't be read",
          Exchange.of(response.getRequest()).id(),
          e);
      failure = Optional.of(e);
    }
  }

  @Override
  protected void onCompleteSuccess() {
    Exchange.of(response.getRequest()).rows(rows.count());
    callback.succeeded();
  }

  /** Makes Jetty close the connection, so that the client notices that rows are missing. */
  @Override
  protected void onCompleteFailure(Throwable cause) {
    callback.failed(cause);
  }
}
