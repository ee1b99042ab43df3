package io.github.idc4j.client.http;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * A response with any status code, as the service sent it. The client does not validate or decode
 * the response. Close the response to release the connection. Not safe for use by several threads.
 */
public interface RawResponse extends AutoCloseable {

  /** Returns the HTTP status code. */
  int status();

  /**
   * Returns the headers. The keys are the header names in lower case; each name has its values in
   * order.
   */
  Map<String, List<String>> headers();

  /**
   * Returns the decompressed body. The body is read from the network as you read it. Read it
   * completely within the client's {@code attemptTimeout}. {@code maxResponseBytes} does not limit
   * the body.
   */
  InputStream body();

  /** Releases the connection. The rest of the body is not read. */
  @Override
  void close();
}
