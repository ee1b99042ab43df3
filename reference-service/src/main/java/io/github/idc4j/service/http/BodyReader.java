package io.github.idc4j.service.http;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/** Reads a request body without a thread that waits for the client. */
final class BodyReader implements Invocable.Task {

  /** Bodies of at most this length are read even if all bodies together are too long. */
  private static final int SMALL_BYTES = 64 << 10;

  private final Request request;
  private final RequestLimits limits;
  private final AtomicLong allBodies;
  private final BiConsumer<byte[], Throwable> result;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private final AtomicLong counted = new AtomicLong();
  private final AtomicBoolean completed = new AtomicBoolean();

  /**
   * Creates a reader.
   *
   * @param allBodies the length of all bodies in memory, in bytes; includes this body until the
   *     request has been completed
   * @param result receives the body or a failure
   */
  BodyReader(
      Request request,
      RequestLimits limits,
      AtomicLong allBodies,
      BiConsumer<byte[], Throwable> result) {
    this.request = request;
    this.limits = limits;
    this.allBodies = allBodies;
    this.result = result;
  }

  /** Reads what has arrived. If the body is not complete, another thread continues later. */
  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        complete(null, chunk.getFailure());
        return;
      }
      try {
        add(chunk);
      } catch (ApiException e) {
        complete(null, e);
        return;
      } finally {
        chunk.release();
      }
      if (chunk.isLast()) {
        complete(body.toByteArray(), null);
        return;
      }
    }
  }

  private void add(Content.Chunk chunk) {
    int bytes = chunk.remaining();
    if (bytes == 0) {
      return;
    }
    if (body.size() == 0) {
      Request.addCompletionListener(request, failure -> allBodies.addAndGet(-counted.get()));
    }
    counted.addAndGet(bytes);
    long all = allBodies.addAndGet(bytes);
    if (counted.get() > limits.bodyBytes()) {
      throw tooLarge(limits);
    }
    if (all > limits.totalBodyBytes() && counted.get() > SMALL_BYTES) {
      throw ApiException.tooMany(
          "The service is receiving request bodies of more than %,d bytes in total, which is its limit. Retry the request later."
              .formatted(limits.totalBodyBytes()));
    }
    byte[] added = new byte[bytes];
    chunk.getByteBuffer().get(added);
    body.writeBytes(added);
  }

  private void complete(byte[] bytes, Throwable failure) {
    if (completed.compareAndSet(false, true)) {
      result.accept(bytes, failure);
    }
  }

  static ApiException tooLarge(RequestLimits limits) {
    return ApiException.of(413, "The body has more than " + limits.bodyBytes() + " bytes.");
  }
}
