package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.internal.net.Secrets;
import okhttp3.Request;

/**
 * The state of one attempt. The thread that runs the attempt writes the state, and the thread of
 * the caller reads it.
 */
final class Attempt {

  private volatile Request request;
  private volatile int status;
  private volatile long bytes;

  Attempt(Request request) {
    this.request = request;
  }

  /** Records the request as it is sent, with credentials. */
  void sending(Request authorized) {
    request = authorized;
  }

  void received(int newStatus) {
    status = newStatus;
  }

  void read(long newBytes) {
    bytes = newBytes;
  }

  Request request() {
    return request;
  }

  /** Returns the status code; 0 if there is no response. */
  int status() {
    return status;
  }

  /** Returns the number of bytes of the body that were read so far. */
  long bytes() {
    return bytes;
  }

  /** Returns the URL of the request, with any page token masked. */
  String url() {
    return Secrets.url(request.url());
  }
}
