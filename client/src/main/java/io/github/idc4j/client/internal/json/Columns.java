package io.github.idc4j.client.internal.json;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns that a row may have. */
interface Columns {

  /** Any columns, all of them texts, in the order of the row. */
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

  /** Returns the index of a column by its name and its position in the row; -1 if it is unknown. */
  int index(String name, int position);

  /** Returns whether the column's values are lists of texts, not texts. */
  boolean isList(int index);

  /** Returns the number of columns; 0 if any are allowed. */
  int size();

  /** Returns columns that have fixed indexes. */
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
