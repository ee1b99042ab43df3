package io.github.idc4j.service.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The distinct rows of a result, in order. */
final class ExpectedRows {

  private final List<Cell> cells;
  private final int[][] rows;
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
    int[][] all =
        Arrays.stream(images)
            .mapToObj(image -> cells.stream().mapToInt(cell -> cell.column().rank(image)).toArray())
            .toArray(int[][]::new);
    Arrays.parallelSort(all, Arrays::compare);
    this.rows =
        IntStream.range(0, all.length)
            .filter(i -> i == 0 || !Arrays.equals(all[i], all[i - 1]))
            .mapToObj(i -> all[i])
            .toArray(int[][]::new);
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
    int[] row = rows[number];
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
