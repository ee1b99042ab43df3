package io.github.idc4j.client.internal.json;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The latest text of each column that Moshi decoded, so that equal texts are kept once. */
final class LatestTexts {

  private final Columns columns;
  private final @Nullable String[] texts;

  private LatestTexts(Columns columns) {
    this.columns = columns;
    texts = new String[columns.size()];
  }

  /** Returns the texts of the rows that a JSON reader has read, if all had the same columns. */
  static LatestTexts of(JsonReader reader, Columns columns) {
    LatestTexts latest = reader.tag(LatestTexts.class);
    if (latest == null || latest.columns != columns) {
      latest = new LatestTexts(columns);
      reader.setTag(LatestTexts.class, latest);
    }
    return latest;
  }

  /** Reads a text or null. */
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
