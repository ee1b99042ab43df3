package io.github.idc4j.conformance.internal.check;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Compares each row with the previous row, column by column. Databases sort nulls before or after
 * all values. Either order passes, but it must be the same for all rows.
 */
final class RowOrder {

  private final List<String> columns;
  private List<JsonNode> before;
  private List<JsonNode> last;
  private Optional<Boolean> nullsFirst = Optional.empty();

  RowOrder(List<String> columns) {
    this.columns = columns;
  }

  /**
   * Compares a row with the row of the previous call. Returns a positive number if the rows are in
   * order, 0 if their sort columns are equal, and a negative number if the rows are out of order.
   * Returns a positive number for the first row.
   */
  int compare(JsonNode row) {
    before = last;
    last = columns.stream().map(row::path).toList();
    if (before == null) {
      return 1;
    }
    for (int i = 0; i < columns.size(); i++) {
      int compared = compare(last.get(i), before.get(i));
      if (compared != 0) {
        return compared;
      }
    }
    return 0;
  }

  private int compare(JsonNode cell, JsonNode cellBefore) {
    if (cell.isNull() != cellBefore.isNull()) {
      boolean first = cellBefore.isNull();
      if (nullsFirst.isEmpty()) {
        nullsFirst = Optional.of(first);
      }
      return nullsFirst.get() == first ? 1 : -1;
    }
    return cell.asString("").compareTo(cellBefore.asString(""));
  }

  @Override
  public String toString() {
    return "by " + columns + ", " + last + " comes after " + before;
  }
}
