package io.github.idc4j.client;

import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.SocketEffect;
import okio.BufferedSink;

/** Creates responses of a simulated service. */
final class Responses {

  private Responses() {}

  static MockResponse of(int status, String body) {
    return new MockResponse.Builder().code(status).body(body).build();
  }

  static MockResponse json(String body) {
    return of(200, body);
  }

  /** Returns an error response with a code and a message, in the format of the service. */
  static MockResponse error(int status, String message) {
    return of(status, "{\"code\":%d,\"message\":\"%s\"}".formatted(status, message));
  }

  /** Returns the body of a manifest page with the rows {@code from}, {@code from + 1} and so on. */
  static String page(int from, int rows, String nextPage) {
    return IntStream.range(from, from + rows)
        .mapToObj(row -> "{\"Patient_ID\":\"" + row + "\"}")
        .collect(
            Collectors.joining(
                ",",
                "{\"code\":200,\"manifest\":{\"json_manifest\":[",
                "],\"totalFound\":" + rows + "},\"next_page\":\"" + nextPage + "\"}"));
  }

  static MockResponse pending(String token) {
    return of(202, "{\"code\":202,\"message\":\"[ERROR]\",\"next_page\":\"" + token + "\"}");
  }

  /** Returns a response that never arrives: the server accepts the request and sends nothing. */
  static MockResponse hanging() {
    return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
  }

  /** Returns a response whose body arrives one byte at a time, over 30 seconds. */
  static MockResponse dripping(int status) {
    return of(status, "{\"x\":\"" + "a".repeat(1500) + "\"}")
        .newBuilder()
        .throttleBody(1, 20, TimeUnit.MILLISECONDS)
        .build();
  }

  /** Returns a response whose body never ends. */
  static MockResponse endless(int status, String beginning, String repeated) {
    String block = repeated.repeat(8192 / repeated.length() + 1);
    return new MockResponse.Builder()
        .code(status)
        .body(
            new MockResponseBody() {
              @Override
              public long getContentLength() {
                return Long.MAX_VALUE;
              }

              @Override
              public void writeTo(BufferedSink sink) throws java.io.IOException {
                sink.writeUtf8(beginning);
                while (true) {
                  sink.writeUtf8(block);
                  sink.emit();
                }
              }
            })
        .build();
  }
}
