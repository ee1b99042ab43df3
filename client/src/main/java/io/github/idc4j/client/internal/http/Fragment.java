package io.github.idc4j.client.internal.http;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;

/** The beginning of a JSON value as compact JSON, for an error message. */
final class Fragment {

  /**
   * Long enough to contain a whole token. A token that was cut off might not be recognized and
   * masked.
   */
  static final int MAX_LENGTH = 4096;

  private final StringBuilder text = new StringBuilder();

  private Fragment() {}

  /**
   * Returns the next value of the reader, as far as it can be read. The reader does not advance.
   */
  static String of(JsonReader reader) {
    Fragment fragment = new Fragment();
    try (JsonReader ahead = reader.peekJson()) {
      fragment.append(ahead);
    } catch (IOException | JsonDataException | IllegalStateException e) {
      // The part before the error is returned.
    }
    return fragment.text.substring(0, Math.min(MAX_LENGTH, fragment.text.length()));
  }

  private void append(JsonReader reader) throws IOException {
    if (text.length() > MAX_LENGTH) {
      return;
    }
    switch (reader.peek()) {
      case BEGIN_ARRAY -> {
        reader.beginArray();
        text.append('[');
        for (boolean first = true; text.length() <= MAX_LENGTH && reader.hasNext(); first = false) {
          text.append(first ? "" : ",");
          append(reader);
        }
        text.append(']');
      }
      case BEGIN_OBJECT -> {
        reader.beginObject();
        text.append('{');
        for (boolean first = true; text.length() <= MAX_LENGTH && reader.hasNext(); first = false) {
          text.append(first ? "" : ",").append('"').append(reader.nextName()).append("\":");
          append(reader);
        }
        text.append('}');
      }
      case STRING -> text.append('"').append(reader.nextString()).append('"');
      case NUMBER -> text.append(reader.nextString());
      case BOOLEAN -> text.append(reader.nextBoolean());
      case NULL -> text.append(reader.<Object>nextNull());
      default -> throw new IllegalStateException("No value at " + reader.getPath());
    }
  }
}
