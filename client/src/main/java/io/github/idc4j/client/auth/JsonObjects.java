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

/** JSON objects as maps in which numbers keep all their digits, unlike with Moshi's own. */
final class JsonObjects {

  private JsonObjects() {}

  /** Parses a JSON object; empty if it is none. What is wrong is not said, as it may be secret. */
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

  /** Returns a parsed object with its type. */
  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> of(Map<?, ?> object) {
    return (Map<String, @Nullable Object>) object;
  }

  /** Returns a member that is a text; null if it is absent, blank, or something else. */
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

  /** Writes an object. */
  static String json(Map<String, @Nullable Object> object) throws IOException {
    try (Buffer buffer = new Buffer();
        JsonWriter writer = JsonWriter.of(buffer)) {
      writer.setSerializeNulls(true);
      writer.jsonValue(object);
      return buffer.readUtf8();
    }
  }
}
