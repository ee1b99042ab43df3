package io.github.idc4j.client.internal.json;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows directly from the bytes of a source. A JSON reader reads the rest of the document.
 *
 * <p>If this class does not recognize a row, it leaves the row unread. Moshi then decodes the row
 * or reports the error.
 */
public final class RowReader {

  /**
   * After this many consecutive rows whose layout differs from that of the previous row, Moshi
   * reads all further rows.
   */
  private static final int MAX_MISSES = 16;

  private static final int MAX_ROW_BYTES = 1 << 20;

  /** A row is expected to be at most this many bytes longer than the previous row. */
  private static final int GROWTH = 128;

  private final BufferedSource source;
  private final Buffer buffer;
  private final Buffer.UnsafeCursor cursor = new Buffer.UnsafeCursor();
  private final Scanner scanner = new Scanner();
  private Columns columns = Columns.ANY;
  private @Nullable Row latest;
  private int misses;

  // The view: the first bytes of the source are in data, from index "from" to index "to".
  private byte[] data = {};
  private int from;
  private int to;
  private byte[] copy = {};

  private RowReader(BufferedSource source) {
    this.source = source;
    this.buffer = source.getBuffer();
  }

  /** Returns a JSON reader whose rows are decoded by this class. */
  public static JsonReader jsonReader(BufferedSource source) {
    JsonReader reader = JsonReader.of(source);
    reader.setTag(RowReader.class, new RowReader(source));
    return reader;
  }

  /**
   * Reads the next object of a JSON reader as a row.
   *
   * @return the row, which is valid until the next row is read; null if the row was not recognized,
   *     or if the JSON reader was not created by {@link #jsonReader}. If the result is null, the
   *     object is not consumed.
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
    // When the JSON reader peeks at an object, it consumes the opening brace.
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
   * Returns whether there are more bytes than the view contains. Requests about as many bytes as
   * one row has, because smaller requests would lead to many scans of the same row.
   */
  private boolean more(int wanted) throws IOException {
    int viewed = to - from;
    return viewed < buffer.size() || source.request(wanted) || viewed < buffer.size();
  }

  /**
   * Sets the view to buffered bytes: to the first segment if it is long enough, otherwise to a copy
   * of the wanted number of bytes.
   */
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
