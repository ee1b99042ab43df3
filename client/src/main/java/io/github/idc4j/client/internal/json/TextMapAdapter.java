package io.github.idc4j.client.internal.json;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads rows as maps, with any columns. Another adapter reads the rows that are not recognized. */
public final class TextMapAdapter extends JsonAdapter<Map<String, @Nullable String>> {

  private final JsonAdapter<Map<String, @Nullable String>> fallback;

  /**
   * Creates an adapter.
   *
   * @param fallback reads rows that are not recognized, and writes all rows
   */
  public TextMapAdapter(JsonAdapter<Map<String, @Nullable String>> fallback) {
    this.fallback = fallback;
  }

  @Override
  public @Nullable Map<String, @Nullable String> fromJson(JsonReader reader) throws IOException {
    Row row = RowReader.read(reader, Columns.ANY);
    return row == null
        ? fallback.fromJson(reader)
        : new TextMap(
            row.names(), Arrays.copyOf(row.values(), row.values().length, String[].class));
  }

  @Override
  public void toJson(JsonWriter writer, @Nullable Map<String, @Nullable String> row)
      throws IOException {
    fallback.toJson(writer, row);
  }
}
