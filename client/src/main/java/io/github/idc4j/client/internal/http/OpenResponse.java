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
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Response;

/**
 * A response whose body the caller reads. While the caller reads, the execution can still be
 * stopped.
 */
final class OpenResponse implements RawResponse {

  private final Response response;
  private final Body body;
  private final Runnable onClose;

  private OpenResponse(Response response, Body body, Runnable onClose) {
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

    /** Only one thread may use the source, but a read can continue after its caller has left. */
    private final Lock using = new ReentrantLock();

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
        return execution.await(executor, execution.attemptTime(), handle -> readSource());
      } catch (Failure | TimeoutException e) {
        execution.stop();
        throw new InterruptedIOException("The response was not read completely: " + e.getMessage());
      }
    }

    private int readSource() throws IOException {
      using.lock();
      try {
        return source.read(buffer);
      } finally {
        using.unlock();
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

    /** Ends the read of another thread, if there is one, and closes the source. */
    @Override
    public void close() throws IOException {
      if (!using.tryLock()) {
        execution.stop();
        using.lock();
      }
      try {
        source.close();
      } finally {
        using.unlock();
      }
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
      Body body = new Body(response.body().byteStream(), http.executor(), execution);
      return new OpenResponse(response, body, () -> transport.forget(execution));
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
    try {
      body.close();
    } catch (IOException e) {
      // The caller does not need the rest of the body, so it does not matter that it is incomplete.
    }
  }

  @Override
  public String toString() {
    return "RawResponse[status=" + status() + "]";
  }
}
