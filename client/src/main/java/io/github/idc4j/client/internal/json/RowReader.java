package io.github.idc4j.client.internal.json;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows from the bytes of a source, past the JSON reader that reads the rest of the document.
 *
 * <p>A row that it does not recognize stays unread, so that Moshi reads it, or reports what is
 * wrong with it.
 */
public final class RowReader {

  /** After so many rows in a row that were not derived from the previous row, it gives up. */
  private static final int MAX_MISSES = 16;

  private static final int MAX_ROW_BYTES = 1 << 20;

  /** How much longer than the previous row a row is expected to be at most. */
  private static final int GROWTH = 128;

  private final BufferedSource source;
  private final Buffer buffer;
  private final Buffer.UnsafeCursor cursor = new Buffer.UnsafeCursor();
  private final Scanner scanner = new Scanner();
  private Columns columns = Columns.ANY;
  private Row latest = new Row();
  private Row spare = new Row();
  private int misses;

  // The bytes at the head of the source, in one array.
  private byte[] data = {};
  private int from;
  private int to;
  private byte[] copy = {};

  private RowReader(BufferedSource source) {
    this.source = source;
    this.buffer = source.getBuffer();
  }

  /** Returns a JSON reader of a source, which reads rows fast. */
  public static JsonReader jsonReader(BufferedSource source) {
    JsonReader reader = JsonReader.of(source);
    reader.setTag(RowReader.class, new RowReader(source));
    return reader;
  }

  /**
   * Reads the object that a JSON reader stands at.
   *
   * @return the row, valid until the next one is read; null if it was not recognized, or if the
   *     JSON reader does not come from {@link #jsonReader}. In that case nothing was consumed.
   * @throws IOException if the source fails
   */
  static @Nullable Row read(JsonReader reader, Columns columns) throws IOException {
    RowReader rows = reader.tag(RowReader.class);
    return rows == null ? null : rows.next(reader, columns);
  }

  private @Nullable Row next(JsonReader reader, Columns columns) throws IOException {
    if (columns != this.columns) {
      this.columns = columns;
      latest = new Row();
      misses = 0;
    }
    // The reader consumes the brace when it peeks.
    if (misses == MAX_MISSES || reader.peek() != JsonReader.Token.BEGIN_OBJECT) {
      return null;
    }
    int end = recognize();
    if (end < 0) {
      misses++;
      return null;
    }
    buffer.skip(end - from - 1);
    reader.beginObject();
    reader.endObject();
    Row row = spare;
    spare = latest;
    latest = row;
    return row;
  }

  /** Returns the index after the row, which is in {@link #spare} then; negative if it fails. */
  private int recognize() throws IOException {
    int wanted = latest.length() + GROWTH;
    while (wanted <= MAX_ROW_BYTES) {
      view(wanted);
      int end = match();
      if (end != Scanner.MORE) {
        return end;
      }
      int viewed = to - from;
      if (viewed >= wanted) {
        wanted = 2 * viewed;
      }
      // Requests about a row at a time: with smaller steps, small chunks would be scanned too
      // often.
      if (viewed == buffer.size() && !source.request(wanted) && viewed == buffer.size()) {
        return end;
      }
    }
    return Scanner.MORE;
  }

  private int match() {
    scanner.over(data, to);
    int end = Row.OTHER_LAYOUT;
    if (latest.length() > 0) {
      end = spare.derive(latest, columns, scanner, data, from, to);
    }
    if (end == Row.OTHER_LAYOUT) {
      end = spare.scan(columns, scanner, data, from);
      misses += end < 0 ? 0 : 1;
    } else if (end >= 0) {
      misses = 0;
    }
    return end;
  }

  /** Views the buffered bytes: those of the first segment, or a copy of as many as are wanted. */
  private void view(int wanted) {
    buffer.readUnsafe(cursor);
    try {
      int head = Math.max(0, cursor.seek(0));
      if (head >= wanted || head == buffer.size()) {
        data = head == 0 ? copy : cursor.data;
        from = Math.max(0, cursor.start);
        to = from + head;
        return;
      }
      int length = (int) Math.min(wanted, buffer.size());
      if (copy.length < length) {
        copy = new byte[2 * length];
      }
      int copied = 0;
      do {
        int bytes = Math.min(cursor.end - cursor.start, length - copied);
        System.arraycopy(cursor.data, cursor.start, copy, copied, bytes);
        copied += bytes;
      } while (copied < length && cursor.next() > 0);
      data = copy;
      from = 0;
      to = length;
    } finally {
      cursor.close();
    }
  }
}
