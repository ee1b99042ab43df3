package io.github.idc4j.client.internal.json;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row. Stores the bytes of the row, from after its opening brace to its closing brace, and the
 * positions of the values in these bytes. Can advance to the next row if that row has the same
 * layout: the same columns in the same order, with the same whitespace.
 */
final class Row {

  /** Means that the next row has a different layout. */
  static final int OTHER_LAYOUT = -3;

  private final Columns columns;
  private byte[] bytes = {};
  private int length;

  // For each member, in the order of the row: its name, the index of its column, and the start and
  // end of its value.
  private final String[] names;
  private final int[] indexes;
  private final int[] starts;
  private final int[] ends;

  /** The values, at the indexes of their columns; null if the column is absent. */
  private final @Nullable Object[] values;

  // For each value that differs in the next row: its member, its new length, and the new value.
  private final int[] changedMembers;
  private final int[] changedLengths;
  private final @Nullable Object[] changedValues;

  /**
   * A member of a row: its name, the index of its column, and its value. {@code start} and {@code
   * end} are the positions of the value in the bytes of the row.
   */
  record Member(String name, int index, int start, int end, @Nullable Object value) {}

  /**
   * Creates a row from the bytes in {@code data} at the indexes {@code from} to {@code to}.
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

  /** Returns the number of bytes in the row. */
  int length() {
    return length;
  }

  /** Returns the names of the members, in the order of the row. The array never changes. */
  String[] names() {
    return names;
  }

  /**
   * Returns the values, at the indexes of their columns. The array changes when the row advances.
   */
  @Nullable Object[] values() {
    return values;
  }

  /**
   * Advances to the next row. Compares the bytes of the next row with the bytes of this row, and
   * decodes only values that differ.
   *
   * @return the index after the next row. If the next row could not be read, returns {@link
   *     #OTHER_LAYOUT}, {@link Scanner#MORE} or {@link Scanner#UNKNOWN}, and this row is unchanged.
   */
  int advance(Scanner scanner, byte[] data, int from, int limit) {
    // One long method, because the JIT compiler would inline short methods and compile several
    // copies.
    int shift = from; // The index of a byte in data, minus its index in this row.
    int equal = 0; // The bytes of this row before this index are already compared.
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
