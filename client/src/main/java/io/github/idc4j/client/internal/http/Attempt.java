package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.internal.net.Secrets;
import okhttp3.Request;

/** What is known of one attempt while its worker runs; written there, read by the caller. */
final class Attempt {

  private volatile Request request;
  private volatile int status;
  private volatile long bytes;

  Attempt(Request request) {
    this.request = request;
  }

  /** Notes the request as it is sent, with credentials. */
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

  /** Returns the status code; 0 without a response. */
  int status() {
    return status;
  }

  /** Returns the bytes of the body that were read. */
  long bytes() {
    return bytes;
  }

  /** Returns the URL without secrets. */
  String url() {
    return Secrets.url(request.url());
  }
}
