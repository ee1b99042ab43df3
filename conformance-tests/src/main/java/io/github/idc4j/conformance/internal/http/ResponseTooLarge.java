package io.github.idc4j.conformance.internal.http;

/** A response is too large to read, so the suite cannot verify it. */
public final class ResponseTooLarge extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ResponseTooLarge(ApiRequest request, int megabytes) {
    super(
        "the response to " + request + " is larger than " + megabytes + " MB, the suite's limit",
        null,
        false,
        false);
  }
}
