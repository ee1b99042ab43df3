package io.github.idc4j.client.internal.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row: its bytes from after <code>{</code> to <code>}</code>, where its values are, and its
 * values by the indexes of their columns.
 *
 * <p>A row is either scanned, or derived from the previous row if it has the same layout: the same
 * columns in the same order, with the same whitespace.
 */
final class Row {

  /** The row has another layout than the previous row. */
  static final int OTHER_LAYOUT = -3;

  private byte[] bytes = {};
  private int length;

  // The layout: arrays that a later row shares, and where this row's values start and end.
  private String[] names = {};
  private int[] indexes = {};
  private int[] starts = {};
  private int[] ends = {};

  private @Nullable Object[] values = {};

  /** Returns the number of bytes; 0 if the row was neither scanned nor derived. */
  int length() {
    return length;
  }

  /** Returns the names of the columns in the order of the row; the array is not changed later. */
  String[] names() {
    return names;
  }

  /** Returns the values by index of column; null for a column that is absent. */
  @Nullable Object[] values() {
    return values;
  }

  /**
   * Derives this row from the previous one.
   *
   * @return the index after the row; or {@link #OTHER_LAYOUT}, {@link Scanner#MORE}, {@link
   *     Scanner#UNKNOWN}, after which this row is undefined
   */
  int derive(Row previous, Columns columns, Scanner scanner, byte[] data, int from, int limit) {
    share(previous);
    int shift = from; // From an index of the previous row's bytes to the same byte of this row.
    int equal = 0;
    int value = 0;
    while (true) {
      int mismatch =
          Arrays.mismatch(
              previous.bytes,
              equal,
              previous.length,
              data,
              equal + shift,
              Math.min(limit, previous.length + shift));
      int differs = mismatch < 0 ? previous.length : equal + mismatch;
      while (value < names.length && previous.ends[value] <= differs) {
        starts[value] = previous.starts[value] + shift - from;
        ends[value] = previous.ends[value] + shift - from;
        value++;
      }
      if (mismatch < 0) {
        store(data, from, previous.length + shift);
        return previous.length + shift;
      }
      if (differs + shift == limit) {
        return Scanner.MORE;
      }
      if (value == names.length || differs < previous.starts[value]) {
        return OTHER_LAYOUT;
      }
      int index = indexes[value];
      int start = previous.starts[value] + shift;
      int end = scanner.decode(start, columns.isList(index));
      if (end < 0) {
        return end;
      }
      values[index] = scanner.value();
      starts[value] = start - from;
      ends[value] = end - from;
      equal = previous.ends[value];
      shift = end - equal;
      value++;
    }
  }

  private void share(Row previous) {
    names = previous.names;
    indexes = previous.indexes;
    if (starts.length < names.length) {
      starts = new int[names.length];
      ends = new int[names.length];
    }
    if (values.length == previous.values.length) {
      System.arraycopy(previous.values, 0, values, 0, values.length);
    } else {
      values = previous.values.clone();
    }
  }

  /**
   * Scans the row.
   *
   * @return the index after the row; or {@link Scanner#MORE}, {@link Scanner#UNKNOWN}, after which
   *     this row is undefined
   */
  int scan(Columns columns, Scanner scanner, byte[] data, int from) {
    names = new String[0];
    indexes = new int[0];
    values = new @Nullable Object[columns.size()];
    int next = from;
    do {
      next = scanMember(columns, scanner, next, from);
    } while (next >= 0 && scanner.at(next++) == ',');
    if (next >= 0) {
      store(data, from, next);
    }
    return next;
  }

  /** Scans a name and its value, and returns the index of the comma or brace that follows. */
  private int scanMember(Columns columns, Scanner scanner, int from, int row) {
    int quote = scanner.skipWhitespace(from);
    if (quote < 0 || scanner.at(quote) != '"') {
      return quote < 0 ? quote : Scanner.UNKNOWN;
    }
    int colon = scanner.skipWhitespace(scanner.string(quote));
    if (colon < 0 || scanner.at(colon) != ':') {
      return colon < 0 ? colon : Scanner.UNKNOWN;
    }
    String name = String.valueOf(scanner.value());
    int index = columns.index(name, names.length);
    if (index < 0 || Arrays.asList(names).contains(name)) {
      return Scanner.UNKNOWN;
    }
    int start = scanner.skipWhitespace(colon + 1);
    int end = start < 0 ? start : scanner.decode(start, columns.isList(index));
    int next = scanner.skipWhitespace(end);
    if (next < 0 || (scanner.at(next) != ',' && scanner.at(next) != '}')) {
      return next < 0 ? next : Scanner.UNKNOWN;
    }
    add(name, index, start - row, end - row, scanner.value());
    return next;
  }

  private void add(String name, int index, int start, int end, @Nullable Object value) {
    int position = names.length;
    names = Arrays.copyOf(names, position + 1);
    indexes = Arrays.copyOf(indexes, position + 1);
    if (starts.length == position) {
      starts = Arrays.copyOf(starts, 2 * position + 16);
      ends = Arrays.copyOf(ends, 2 * position + 16);
    }
    if (values.length <= index) {
      values = Arrays.copyOf(values, index + 1);
    }
    names[position] = name;
    indexes[position] = index;
    starts[position] = start;
    ends[position] = end;
    values[index] = value;
  }

  private void store(byte[] data, int from, int to) {
    length = to - from;
    if (bytes.length < length) {
      bytes = new byte[length + length / 4];
    }
    System.arraycopy(data, from, bytes, 0, length);
  }
}
