package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.http.RawResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Response;

/** A response that is read by the caller, while its execution can still be ended. */
final class OpenResponse implements RawResponse {

  private final Response response;
  private final Runnable onClose;

  private OpenResponse(Response response, Runnable onClose) {
    this.response = response;
    this.onClose = onClose;
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
      return new OpenResponse(response, release);
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
    return response.body().byteStream();
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
