package io.github.idc4j.client.internal.http;

import java.io.IOException;
import java.util.function.LongConsumer;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/** Counts the bytes of a response body, and fails when the body exceeds a limit. */
final class LimitedSource extends ForwardingSource {

  private final long limit;
  private final LongConsumer onRead;
  private long count;

  private LimitedSource(Source body, long limit, LongConsumer onRead) {
    super(body);
    this.limit = limit;
    this.onRead = onRead;
  }

  /** Thrown while reading a body that is too large. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Returns a copy of the response whose body fails when it exceeds the limit.
   *
   * @param onRead called with the number of bytes read so far
   */
  static Response limit(Response response, long limit, LongConsumer onRead) {
    ResponseBody body = response.body();
    return response
        .newBuilder()
        .body(
            ResponseBody.create(
                Okio.buffer(new LimitedSource(body.source(), limit, onRead)),
                body.contentType(),
                body.contentLength()))
        .build();
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    long read = super.read(sink, byteCount);
    if (read > 0) {
      count += read;
      onRead.accept(count);
      if (count > limit) {
        throw new TooLargeException();
      }
    }
    return read;
  }
}
