package io.github.idc4j.client;

import io.github.idc4j.client.internal.Transport;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * An answer as the service sent it, whatever its status; nothing of it was judged or decoded. To be
 * closed. Not safe for use by several threads.
 */
public final class RawAnswer implements AutoCloseable {

  private final Transport.Opened opened;

  RawAnswer(Transport.Opened opened) {
    this.opened = opened;
  }

  /** Returns the HTTP status. */
  public int status() {
    return opened.response().code();
  }

  /** Returns the headers by lower-case name, each with its values in order. */
  public Map<String, List<String>> headers() {
    return Map.copyOf(opened.response().headers().toMultimap());
  }

  /**
   * Returns the body; it comes from the network as it is read, within the attempt timeout that the
   * client was built with. A compressed one comes unpacked.
   */
  public InputStream body() {
    return opened.response().body().byteStream();
  }

  /** Gives up what of the body was not read. */
  @Override
  public void close() {
    opened.close().run();
  }

  /** Tells the status only. */
  @Override
  public String toString() {
    return "RawAnswer[status=" + status() + "]";
  }
}
