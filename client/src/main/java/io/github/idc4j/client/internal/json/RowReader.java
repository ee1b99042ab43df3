package io.github.idc4j.client.internal.json;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows directly from the bytes of a source, while a JSON reader reads the rest of the
 * document.
 *
 * <p>A row that is not recognized stays unread, so that Moshi decodes it or reports the error.
 */
public final class RowReader {

  /**
   * After so many consecutive rows that do not have the layout of the previous row, Moshi reads all
   * further rows.
   */
  private static final int MAX_MISSES = 16;

  private static final int MAX_ROW_BYTES = 1 << 20;

  /** How many bytes longer than the previous row a row is expected to be, at most. */
  private static final int GROWTH = 128;

  private final BufferedSource source;
  private final Buffer buffer;
  private final Buffer.UnsafeCursor cursor = new Buffer.UnsafeCursor();
  private final Scanner scanner = new Scanner();
  private Columns columns = Columns.ANY;
  private @Nullable Row latest;
  private int misses;

  // The first bytes of the source, in one array.
  private byte[] data = {};
  private int from;
  private int to;
  private byte[] copy = {};

  private RowReader(BufferedSource source) {
    this.source = source;
    this.buffer = source.getBuffer();
  }

  /** Returns a JSON reader that decodes rows fast. */
  public static JsonReader jsonReader(BufferedSource source) {
    JsonReader reader = JsonReader.of(source);
    reader.setTag(RowReader.class, new RowReader(source));
    return reader;
  }

  /**
   * Reads the object that is next in a JSON reader.
   *
   * @return the row, valid until the next row is read; null if the row was not recognized, or if
   *     the JSON reader does not come from {@link #jsonReader}. In that case, nothing is consumed.
   * @throws IOException if the source fails
   */
  static @Nullable Row read(JsonReader reader, Columns columns) throws IOException {
    RowReader rows = reader.tag(RowReader.class);
    return rows == null ? null : rows.next(reader, columns);
  }

  private @Nullable Row next(JsonReader reader, Columns columns) throws IOException {
    if (columns != this.columns) {
      this.columns = columns;
      latest = null;
      misses = 0;
    }
    // To peek, the JSON reader consumes the brace.
    if (misses == MAX_MISSES || reader.peek() != JsonReader.Token.BEGIN_OBJECT) {
      return null;
    }
    int wanted = GROWTH + (latest == null ? 0 : latest.length());
    int end;
    do {
      view(wanted);
      scanner.over(data, to);
      end = latest == null ? Row.OTHER_LAYOUT : latest.advance(scanner, data, from, to);
      if (end == Row.OTHER_LAYOUT) {
        end = scan();
      } else if (end >= 0) {
        misses = 0;
      }
      if (to - from >= wanted) {
        wanted = 2 * (to - from);
      }
    } while (end == Scanner.MORE && wanted <= MAX_ROW_BYTES && more(wanted));
    if (end < 0) {
      misses++;
      return null;
    }
    buffer.skip(end - from - 1);
    reader.beginObject();
    reader.endObject();
    return latest;
  }

  private int scan() {
    RowScan scan = new RowScan(columns, scanner, from);
    int end = scan.scan();
    if (end >= 0) {
      latest = new Row(columns, scan.members(), data, from, end);
      misses++;
    }
    return end;
  }

  /**
   * Returns whether there are more bytes than those in view. Requests about one row at a time: with
   * smaller steps, a row in many small chunks would be scanned once per chunk.
   */
  private boolean more(int wanted) throws IOException {
    int viewed = to - from;
    return viewed < buffer.size() || source.request(wanted) || viewed < buffer.size();
  }

  /** Views buffered bytes: those of the first segment, or a copy of the wanted number. */
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
