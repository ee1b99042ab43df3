package io.github.idc4j.conformance.internal.http;

/** Thrown if a response is too large to read, so that the suite cannot verify the response. */
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
