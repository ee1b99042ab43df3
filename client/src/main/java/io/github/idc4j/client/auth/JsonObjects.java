package io.github.idc4j.client.auth;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON objects as maps. Numbers in these maps are {@code BigDecimal}, because
 * Moshi's {@code double} could lose digits.
 */
final class JsonObjects {

  private JsonObjects() {}

  /**
   * Parses a JSON object; returns empty if the string is not a JSON object. Does not report the
   * reason, because the reason may contain a secret.
   */
  static Optional<Map<String, @Nullable Object>> parse(String text) {
    try (Buffer buffer = new Buffer().writeUtf8(text);
        JsonReader reader = JsonReader.of(buffer)) {
      return value(reader) instanceof Map<?, ?> object
              && reader.peek() == JsonReader.Token.END_DOCUMENT
          ? Optional.of(of(object))
          : Optional.empty();
    } catch (IOException | JsonDataException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Casts a parsed JSON object to its type. */
  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> of(Map<?, ?> object) {
    return (Map<String, @Nullable Object>) object;
  }

  /** Returns a member as a string; null if the member is absent, blank, or not a string. */
  static @Nullable String text(Map<?, ?> object, String member) {
    return object.get(member) instanceof String text && !text.isBlank() ? text : null;
  }

  private static @Nullable Object value(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
          object.put(reader.nextName(), value(reader));
        }
        reader.endObject();
        yield object;
      }
      case BEGIN_ARRAY -> {
        List<@Nullable Object> array = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
          array.add(value(reader));
        }
        reader.endArray();
        yield array;
      }
      case NUMBER -> new BigDecimal(reader.nextString());
      default -> reader.readJsonValue();
    };
  }

  /** Converts an object to JSON. */
  static String json(Map<String, @Nullable Object> object) throws IOException {
    try (Buffer buffer = new Buffer();
        JsonWriter writer = JsonWriter.of(buffer)) {
      writer.setSerializeNulls(true);
      writer.jsonValue(object);
      return buffer.readUtf8();
    }
  }
}
