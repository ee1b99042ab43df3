package io.github.idc4j.client.internal.http;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonEncodingException;
import com.squareup.moshi.JsonReader;
import io.github.idc4j.client.internal.net.Secrets;
import io.github.idc4j.model.ModelAdapters;
import java.io.IOException;
import okhttp3.Response;
import okio.BufferedSource;

/** Decodes response bodies. If a body can't be decoded, describes what is wrong with it. */
public final class Decoder {

  private static final int MAX_FRAGMENT = 80;

  private Decoder() {}

  /**
   * Decodes a response body.
   *
   * @throws Failure if the body does not conform to the specification
   * @throws IOException if the body is incomplete
   */
  public static <T> T decode(String operation, Response response, Secrets secrets, Class<T> type)
      throws IOException {
    BufferedSource source = response.body().source();
    if (source.exhausted()) {
      throw Failures.decoding(operation, "the body is empty", "$", "");
    }
    JsonReader reader = ModelAdapters.reader(source);
    try {
      T decoded = Json.moshi().adapter(type).fromJson(reader);
      if (decoded == null) {
        throw Failures.decoding(operation, "the body is null", "$", "");
      }
      return decoded;
    } catch (JsonDataException e) {
      String path = secrets.mask(reader.getPath());
      throw Failures.decoding(
          operation,
          shortened(secrets.maskValue(path, reason(e))),
          path,
          shortened(secrets.maskValue(path, Fragment.of(reader))));
    } catch (JsonEncodingException e) {
      throw Failures.decoding(
          operation,
          "the body is not JSON (check the base URL)",
          secrets.mask(reader.getPath()),
          shortened(secrets.maskValue(reader.getPath(), following(source))));
    }
  }

  private static String reason(JsonDataException e) {
    String message = String.valueOf(e.getMessage());
    int path = message.indexOf(" at path ");
    return path < 0 ? message : message.substring(0, path).replaceAll(",$", "");
  }

  private static String following(BufferedSource source) {
    try {
      source.request(Fragment.MAX_LENGTH);
      long length = Math.min(Fragment.MAX_LENGTH, source.getBuffer().size());
      return source.getBuffer().snapshot((int) length).utf8();
    } catch (IOException e) {
      return "";
    }
  }

  private static String shortened(String text) {
    return text.length() <= MAX_FRAGMENT ? text : text.substring(0, MAX_FRAGMENT) + "...";
  }
}
