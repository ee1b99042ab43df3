package io.github.idc4j.service.http;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/** Reads a request body without a thread that waits for the client. */
final class BodyReader implements Invocable.Task {

  /** Bodies of at most this length are read even if all bodies together are too long. */
  static final int SMALL_BYTES = 64 << 10;

  private static final String TOO_MANY =
      "The service is receiving request bodies of more than %,d bytes in total, which is its limit. Retry the request later.";

  private final Request request;
  private final RequestLimits limits;
  private final AtomicLong allBodies;
  private final BiConsumer<byte[], Throwable> result;

  /** The part of {@link #allBodies} that belongs to this body. */
  private final AtomicLong counted = new AtomicLong();

  private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private long length;
  private boolean refused;

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
        result.accept(null, chunk.getFailure());
        return;
      }
      add(chunk);
      chunk.release();
      if (length > limits.bodyBytes()) {
        result.accept(null, tooLarge(limits));
        return;
      }
      if (chunk.isLast()) {
        result.accept(
            refused ? null : body.toByteArray(),
            refused ? ApiException.tooMany(TOO_MANY.formatted(limits.totalBodyBytes())) : null);
        return;
      }
    }
  }

  private void add(Content.Chunk chunk) {
    int bytes = chunk.remaining();
    length += bytes;
    if (bytes == 0 || refused) {
      return;
    }
    if (counted.get() == 0) {
      Request.addCompletionListener(request, failure -> allBodies.addAndGet(-counted.get()));
    }
    counted.addAndGet(bytes);
    if (allBodies.addAndGet(bytes) > limits.totalBodyBytes() && length > SMALL_BYTES) {
      // Discard the rest, because many clients do not read a response before they have sent it.
      refused = true;
      body = new ByteArrayOutputStream(0);
      allBodies.addAndGet(-counted.getAndSet(0));
      return;
    }
    byte[] added = new byte[bytes];
    chunk.getByteBuffer().get(added);
    body.writeBytes(added);
  }

  static ApiException tooLarge(RequestLimits limits) {
    return ApiException.of(413, "The body has more than " + limits.bodyBytes() + " bytes.");
  }
}
