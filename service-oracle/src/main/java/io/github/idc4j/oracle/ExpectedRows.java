package io.github.idc4j.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The distinct rows of a result, in order. */
final class ExpectedRows {

  private final List<Cell> cells;
  private final long[] rows;
  private final int images;

  /**
   * A cell of each row.
   *
   * @param key the key of the cell
   * @param prefix the text before each value that is not null
   */
  record Cell(String key, Column column, String prefix) {

    private Object expected(int rank) {
      Object value = column.value(rank);
      return value == null || prefix.isEmpty() ? value : prefix + value;
    }

    private boolean isExpected(JsonNode seen, int rank) {
      Object expected = expected(rank);
      if (expected == null) {
        return seen.isNull();
      }
      // The contract does not define how a number is written.
      return seen.isString()
          && (expected instanceof Double number
              ? Double.parseDouble(seen.asString()) == number
              : seen.asString().equals(expected));
    }
  }

  /**
   * Selects the rows.
   *
   * @param cells the cells of each row, in the order by which the rows are sorted
   * @param images the numbers of the images (or series) that the filters select
   */
  ExpectedRows(List<Cell> cells, int[] images) {
    this.cells = cells;
    this.images = images.length;
    this.rows = Arrays.stream(images).mapToLong(this::packed).sorted().distinct().toArray();
  }

  /**
   * Returns the ranks of the values of an image as one number. The order of these numbers is the
   * order of the rows.
   */
  private long packed(int image) {
    long packed = 0;
    for (Cell cell : cells) {
      packed =
          Math.addExact(
              Math.multiplyExact(packed, cell.column().size()), cell.column().rank(image));
    }
    return packed;
  }

  private int[] ranks(int row) {
    int[] ranks = new int[cells.size()];
    long packed = rows[row];
    for (int i = ranks.length - 1; i >= 0; i--) {
      int size = cells.get(i).column().size();
      ranks[i] = (int) (packed % size);
      packed /= size;
    }
    return ranks;
  }

  /** Returns the number of images (or series) that the filters select. */
  int images() {
    return images;
  }

  int count() {
    return rows.length;
  }

  /** Compares a row of a page with row {@code number}. Returns empty if they are equal. */
  Optional<String> difference(int number, JsonNode seen) {
    if (number >= rows.length) {
      return Optional.of("row " + number + " should not exist, but is " + seen);
    }
    int[] row = ranks(number);
    boolean equal = seen.size() == cells.size();
    for (int i = 0; equal && i < row.length; i++) {
      JsonNode cell = seen.get(cells.get(i).key());
      equal = cell != null && cells.get(i).isExpected(cell, row[i]);
    }
    return equal
        ? Optional.empty()
        : Optional.of("row " + number + " should be " + shown(row) + ", but is " + seen);
  }

  private String shown(int[] row) {
    return IntStream.range(0, row.length)
        .mapToObj(i -> cells.get(i).key() + "=" + cells.get(i).expected(row[i]))
        .toList()
        .toString();
  }
}
