package io.github.idc4j.client.http;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * A response as the service sent it, with any status code; not checked and not decoded. Close it to
 * release the connection. Not safe for use by several threads.
 */
public interface RawResponse extends AutoCloseable {

  /** Returns the HTTP status code. */
  int status();

  /** Returns the headers: names in lower case, each with its values in order. */
  Map<String, List<String>> headers();

  /**
   * Returns the body, decompressed. It is read from the network as you read it, and must be read
   * within the client's {@code attemptTimeout}. {@code maxResponseBytes} does not limit it.
   */
  InputStream body();

  /** Releases the connection; the rest of the body is not read. */
  @Override
  void close();
}
