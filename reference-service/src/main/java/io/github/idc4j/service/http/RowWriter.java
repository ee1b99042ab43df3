package io.github.idc4j.service.http;

import io.github.idc4j.service.result.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a body with rows. Reads the next rows when the client has received the previous ones, so
 * that few rows are in memory and no thread waits for the client.
 */
final class RowWriter extends IteratingCallback {

  private static final Logger LOG = LoggerFactory.getLogger(RowWriter.class);

  private enum Part {
    HEAD,
    ROWS,
    END
  }

  private final Response response;
  private final ByteBuffer head;
  private final Result.Rows rows;
  private final ByteBuffer tail;
  private final Callback callback;
  private Part next = Part.HEAD;

  RowWriter(
      Response response, ByteBuffer head, Result.Rows rows, ByteBuffer tail, Callback callback) {
    this.response = response;
    this.head = head;
    this.rows = rows;
    this.tail = tail;
    this.callback = callback;
  }

  @Override
  protected Action process() throws IOException, SQLException {
    switch (next) {
      case HEAD -> {
        next = Part.ROWS;
        response.write(false, head, this);
      }
      case ROWS -> {
        Optional<ByteBuffer> some = read();
        if (some.isEmpty()) {
          next = Part.END;
        }
        response.write(some.isEmpty(), some.orElse(tail), this);
      }
      default -> {
        return Action.SUCCEEDED;
      }
    }
    return Action.SCHEDULED;
  }

  private Optional<ByteBuffer> read() throws IOException, SQLException {
    try {
      return rows.next();
    } catch (IOException | SQLException e) {
      LOG.error("The rows of a page can't be read", e);
      throw e;
    }
  }

  @Override
  protected void onCompleteSuccess() {
    callback.succeeded();
  }

  /** Makes Jetty close the connection, so that the client notices that rows are missing. */
  @Override
  protected void onCompleteFailure(Throwable failure) {
    callback.failed(failure);
  }
}
