package io.github.idc4j.client.internal.json;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns that a row may have. */
interface Columns {

  /**
   * Any columns. Their values are strings, and the index of a column is its position in the row.
   */
  Columns ANY =
      new Columns() {
        @Override
        public int index(String name, int position) {
          return position;
        }

        @Override
        public boolean isList(int index) {
          return false;
        }

        @Override
        public int size() {
          return 0;
        }
      };

  /**
   * Returns the index of the column with this name and position in the row; -1 if the column is
   * unknown.
   */
  int index(String name, int position);

  /** Returns whether the values of a column are lists of strings rather than strings. */
  boolean isList(int index);

  /** Returns the number of columns; 0 if any columns are allowed. */
  int size();

  /**
   * Returns columns with fixed indexes, in the order of their names. The columns in {@code lists}
   * have lists of strings as values.
   */
  static Columns of(List<String> names, Set<String> lists) {
    Map<String, Integer> indexes = new HashMap<>();
    boolean[] list = new boolean[names.size()];
    for (int i = 0; i < list.length; i++) {
      indexes.put(names.get(i), i);
      list[i] = lists.contains(names.get(i));
    }
    return new Columns() {
      @Override
      public int index(String name, int position) {
        return indexes.getOrDefault(name, -1);
      }

      @Override
      public boolean isList(int index) {
        return list[index];
      }

      @Override
      public int size() {
        return list.length;
      }
    };
  }
}
