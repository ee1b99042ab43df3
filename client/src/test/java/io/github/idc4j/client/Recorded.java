package io.github.idc4j.client;

import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import mockwebserver3.MockResponse;

/** Reads recorded responses of the real service. */
final class Recorded {

  private static final Moshi MOSHI = new Moshi.Builder().build();

  private Recorded() {}

  /** Returns a recorded response with its status code, media type and body. */
  @SuppressWarnings("unchecked")
  static MockResponse answer(String name) {
    Map<String, Object> response = (Map<String, Object>) exchange(name).get("response");
    Object body = response.get("body");
    return new MockResponse.Builder()
        .code(((Double) response.get("status")).intValue())
        .setHeader("Content-Type", (String) response.get("content_type"))
        .body(body instanceof String text ? text : MOSHI.adapter(Object.class).toJson(body))
        .build();
  }

  private static Map<String, Object> exchange(String name) {
    try (InputStream stream = Recorded.class.getResourceAsStream("/recorded/" + name + ".json")) {
      Map<String, Object> exchange =
          MOSHI
              .<Map<String, Object>>adapter(
                  Types.newParameterizedType(Map.class, String.class, Object.class))
              .serializeNulls()
              .fromJson(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      return exchange;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
