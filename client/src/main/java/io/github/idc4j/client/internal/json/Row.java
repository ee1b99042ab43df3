package io.github.idc4j.client.internal.json;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row: its bytes from after <code>{</code> to <code>}</code>, and where its values are. It
 * advances to each next row that has the same layout: the same columns in the same order, with the
 * same whitespace.
 */
final class Row {

  /** The next row has another layout. */
  static final int OTHER_LAYOUT = -3;

  private final Columns columns;
  private byte[] bytes = {};
  private int length;

  // Of each member in the order of the row: the index of its column, and where its value is.
  private final String[] names;
  private final int[] indexes;
  private final int[] starts;
  private final int[] ends;

  /** By the indexes of the columns; null for a column that is absent. */
  private final @Nullable Object[] values;

  // Of each value that differs in the next row: its member, its length, and the value itself.
  private final int[] changedMembers;
  private final int[] changedLengths;
  private final @Nullable Object[] changedValues;

  /** A name and a value, and where the value is in the bytes of a row. */
  record Member(String name, int index, int start, int end, @Nullable Object value) {}

  /**
   * Creates a row.
   *
   * @param members the members in the order of the row
   */
  Row(Columns columns, List<Member> members, byte[] data, int from, int to) {
    this.columns = columns;
    int size = members.size();
    names = new String[size];
    indexes = new int[size];
    starts = new int[size];
    ends = new int[size];
    values = new @Nullable Object[Math.max(size, columns.size())];
    changedMembers = new int[size];
    changedLengths = new int[size];
    changedValues = new @Nullable Object[size];
    for (int i = 0; i < size; i++) {
      Member member = members.get(i);
      names[i] = member.name();
      indexes[i] = member.index();
      starts[i] = member.start();
      ends[i] = member.end();
      values[member.index()] = member.value();
    }
    store(data, from, to);
  }

  /** Returns the number of bytes. */
  int length() {
    return length;
  }

  /** Returns the names of the columns in the order of the row; the array never changes. */
  String[] names() {
    return names;
  }

  /** Returns the values by the indexes of their columns; the array changes with the row. */
  @Nullable Object[] values() {
    return values;
  }

  /**
   * Advances to the next row, whose bytes are compared with those of this row.
   *
   * @return the index after the next row; or {@link #OTHER_LAYOUT}, {@link Scanner#MORE}, {@link
   *     Scanner#UNKNOWN}, in which cases this row is unchanged
   */
  int advance(Scanner scanner, byte[] data, int from, int limit) {
    // One long method: of short ones, the JIT compiler inlines and compiles several copies.
    int shift = from; // From an index of this row's bytes to that of the same byte in the next row.
    int equal = 0; // The bytes before this index were compared.
    int member = 0;
    int changes = 0;
    int end;
    while (true) {
      end = Math.min(limit, length + shift);
      int mismatch = Arrays.mismatch(bytes, equal, length, data, equal + shift, end);
      if (mismatch < 0) {
        break;
      }
      int differs = equal + mismatch;
      if (differs + shift == limit) {
        return Scanner.MORE;
      }
      while (member < ends.length && ends[member] <= differs) {
        member++;
      }
      if (member == ends.length || differs < starts[member]) {
        return OTHER_LAYOUT;
      }
      int start = starts[member] + shift;
      int next = scanner.decode(start, columns.isList(indexes[member]));
      if (next < 0) {
        return next;
      }
      changedMembers[changes] = member;
      changedLengths[changes] = next - start;
      changedValues[changes++] = scanner.value();
      equal = ends[member++];
      shift = next - equal;
    }
    shift = 0;
    for (int i = 0; i < changes; i++) {
      member = changedMembers[i];
      values[indexes[member]] = changedValues[i];
      int longer = changedLengths[i] - (ends[member] - starts[member]);
      starts[member] += shift;
      shift += longer;
      ends[member] += shift;
      int nextChanged = i + 1 < changes ? changedMembers[i + 1] : ends.length;
      while (shift != 0 && ++member < nextChanged) {
        starts[member] += shift;
        ends[member] += shift;
      }
    }
    store(data, from, end);
    return end;
  }

  private void store(byte[] data, int from, int to) {
    length = to - from;
    if (bytes.length < length) {
      bytes = new byte[length + length / 4];
    }
    System.arraycopy(data, from, bytes, 0, length);
  }
}
