package io.github.idc4j.client.internal.json;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the latest string that Moshi decoded in each column, so that equal strings in consecutive
 * rows share one instance.
 */
final class LatestTexts {

  private final Columns columns;
  private final @Nullable String[] texts;

  private LatestTexts(Columns columns) {
    this.columns = columns;
    texts = new String[columns.size()];
  }

  /**
   * Returns the latest strings of a JSON reader. If the reader's previous row had other columns,
   * starts without strings.
   */
  static LatestTexts of(JsonReader reader, Columns columns) {
    LatestTexts latest = reader.tag(LatestTexts.class);
    if (latest == null || latest.columns != columns) {
      latest = new LatestTexts(columns);
      reader.setTag(LatestTexts.class, latest);
    }
    return latest;
  }

  /** Reads a string or null. */
  @Nullable String read(int index, JsonReader reader) throws IOException {
    if (reader.peek() == JsonReader.Token.NULL) {
      return reader.nextNull();
    }
    String text = reader.nextString();
    if (!text.equals(texts[index])) {
      texts[index] = text;
    }
    return texts[index];
  }
}
