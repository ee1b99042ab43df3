package io.github.idc4j.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A column of a table, in memory. Its values are strings, doubles or null.
 *
 * <p>Each row has the rank of its value among the distinct values in ascending order. Null has the
 * rank 0, because nulls come first in the rows of the service.
 */
final class Column {

  private final Object[] values;
  private final int[] ranks;

  private Column(Object[] values, int[] ranks) {
    this.values = values;
    this.ranks = ranks;
  }

  /** Compares numbers, or compares texts by their code points. */
  private static int compare(Object a, Object b) {
    if (a instanceof Double number) {
      return number.compareTo((Double) b);
    }
    String first = (String) a;
    String second = (String) b;
    int end = Math.min(first.length(), second.length());
    for (int i = 0; i < end; i++) {
      if (first.charAt(i) != second.charAt(i)) {
        return Integer.compare(first.codePointAt(i), second.codePointAt(i));
      }
    }
    return Integer.compare(first.length(), second.length());
  }

  static Column of(List<Object> rows) {
    Map<Object, Integer> numbers = new HashMap<>();
    List<Object> distinct = new ArrayList<>();
    int[] ofRows = new int[rows.size()];
    for (int row = 0; row < ofRows.length; row++) {
      Object value = rows.get(row);
      ofRows[row] =
          numbers.computeIfAbsent(
              value,
              added -> {
                distinct.add(added);
                return distinct.size() - 1;
              });
    }
    return of(distinct, ofRows);
  }

  /**
   * Creates a column whose row {@code i} has the value {@code values.get(numbers[i])}. The values
   * may contain duplicates.
   */
  private static Column of(List<Object> values, int[] numbers) {
    Object[] present =
        values.stream().filter(value -> value != null).distinct().sorted(Column::compare).toArray();
    Object[] byRank = new Object[present.length + 1];
    System.arraycopy(present, 0, byRank, 1, present.length);
    Map<Object, Integer> rank = new HashMap<>();
    for (int i = 0; i < byRank.length; i++) {
      rank.put(byRank[i], i);
    }
    int[] rankOfNumber = values.stream().mapToInt(rank::get).toArray();
    return new Column(byRank, Arrays.stream(numbers).map(number -> rankOfNumber[number]).toArray());
  }

  /** Returns a column with a value for each value of this column. */
  Column map(UnaryOperator<Object> function) {
    return of(Arrays.stream(values).map(function).toList(), ranks);
  }

  int rows() {
    return ranks.length;
  }

  int rank(int row) {
    return ranks[row];
  }

  /** Returns the value with a rank; null for rank 0. */
  Object value(int rank) {
    return values[rank];
  }

  /** Returns the number of distinct values, plus one for null even if no row has null. */
  int size() {
    return values.length;
  }

  boolean hasNull() {
    return Arrays.stream(ranks).anyMatch(rank -> rank == 0);
  }

  /** Returns whether a rule accepts the value, by the rank of the value. */
  boolean[] accepted(Predicate<Object> rule) {
    boolean[] accepted = new boolean[values.length];
    for (int rank = 0; rank < accepted.length; rank++) {
      accepted[rank] = rule.test(values[rank]);
    }
    return accepted;
  }
}
