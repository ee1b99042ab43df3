package io.github.idc4j.conformance.internal.check;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Compares each row with the one before, column by column. A null may come before all values or
 * after all, as databases do either, but always the same.
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
   * Returns whether a row comes rightly after the one before: positive if so, 0 if it equals it in
   * the columns, refused if not.
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
