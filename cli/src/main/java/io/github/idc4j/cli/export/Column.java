package io.github.idc4j.cli.export;

import java.util.List;
import java.util.function.Function;

/**
 * A column of a {@link Table}.
 *
 * @param name the name of the field in the API
 * @param type the type of the values
 * @param summary whether the column is among the default columns on a terminal
 * @param value returns the value of a row: a string, a number, a Boolean, a list of strings, a map
 *     that stands for a JSON object, or null
 */
record Column<T>(String name, ValueType type, boolean summary, Function<T, ?> value) {

  static <T> Column<T> text(String name, Function<T, ?> value) {
    return new Column<>(name, ValueType.TEXT, false, value);
  }

  static <T> Column<T> integer(String name, Function<T, ? extends Number> value) {
    return new Column<>(name, ValueType.INTEGER, false, value);
  }

  static <T> Column<T> flag(String name, Function<T, Boolean> value) {
    return new Column<>(name, ValueType.BOOLEAN, false, value);
  }

  static <T> Column<T> list(String name, Function<T, List<String>> value) {
    return new Column<>(name, ValueType.LIST, false, value);
  }

  /** Returns the same column among the default columns on a terminal. */
  Column<T> inSummary() {
    return new Column<>(name, type, true, value);
  }
}
