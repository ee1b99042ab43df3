package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.http.RawResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Response;

/**
 * A response whose body the caller reads. While the caller reads, the execution can still be
 * stopped.
 */
final class OpenResponse implements RawResponse {

  private final Response response;
  private final InputStream body;
  private final Runnable onClose;

  private OpenResponse(Response response, InputStream body, Runnable onClose) {
    this.response = response;
    this.body = body;
    this.onClose = onClose;
  }

  /**
   * Reads a body on another thread, because a thread that is blocked by a socket can't be
   * interrupted.
   */
  private static final class Body extends InputStream {

    private static final int BUFFER_BYTES = 8192;

    private final InputStream source;
    private final Executor executor;
    private final Execution execution;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int end;

    Body(InputStream source, Executor executor, Execution execution) {
      this.source = source;
      this.executor = executor;
      this.execution = execution;
    }

    /** Fills the buffer if it is empty. Returns whether the buffer contains bytes. */
    private boolean fill() throws IOException {
      if (next == end) {
        next = 0;
        end = Math.max(0, received());
      }
      return next < end;
    }

    private int received() throws IOException {
      try {
        return execution.await(executor, execution.attemptTime(), handle -> source.read(buffer));
      } catch (Failure | TimeoutException e) {
        execution.stop();
        throw new InterruptedIOException("The response was not read completely: " + e.getMessage());
      }
    }

    @Override
    public int read() throws IOException {
      return fill() ? buffer[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, end - next);
      System.arraycopy(buffer, next, target, offset, count);
      next += count;
      return count;
    }

    @Override
    public int available() {
      return end - next;
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }

  static OpenResponse open(
      Transport transport, HttpStack http, Execution execution, PreparedRequest request) {
    AtomicReference<Response> received = new AtomicReference<>();
    Runnable release =
        () -> {
          transport.forget(execution);
          Response response = received.get();
          if (response != null) {
            response.close();
          }
        };
    if (execution.isOver()) {
      throw execution.deadlineExceeded(null, null);
    }
    transport.keep(execution);
    boolean opened = false;
    try {
      Attempt attempt = new Attempt(request.request());
      Duration time = execution.attemptTime();
      Response response =
          execution.attempt(
              http.executor(),
              handle -> {
                execution.whenStopped(handle::cancel);
                received.set(http.open(request.operation(), attempt, handle, time));
                if (handle.isCanceled()) {
                  release.run();
                }
                return received.get();
              });
      opened = true;
      InputStream body = new Body(response.body().byteStream(), http.executor(), execution);
      return new OpenResponse(response, body, release);
    } catch (TimeoutException e) {
      throw execution.attemptTimedOut(null);
    } catch (IOException e) {
      throw Failures.transport(request.operation(), http.host(), e);
    } finally {
      if (!opened) {
        release.run();
      }
    }
  }

  @Override
  public int status() {
    return response.code();
  }

  @Override
  public Map<String, List<String>> headers() {
    return Map.copyOf(response.headers().toMultimap());
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public void close() {
    onClose.run();
  }

  @Override
  public String toString() {
    return "RawResponse[status=" + status() + "]";
  }
}
