package io.github.idc4j.service.engine;

import java.util.List;
import java.util.stream.Collectors;

/**
 * SQL with the values of its parameters.
 *
 * @param text the SQL, with a question mark for each value; all names of tables and columns come
 *     from the catalogue
 * @param values the values, which are passed to the database only as parameters: strings, numbers,
 *     and lists of strings
 */
public record Sql(String text, List<Object> values) implements Query {

  /**
   * Creates an instance with a copy of the values.
   *
   * @throws IllegalArgumentException if the number of question marks differs from the number of
   *     values
   */
  public Sql {
    values = List.copyOf(values);
    if (text.chars().filter(character -> character == '?').count() != values.size()) {
      throw new IllegalArgumentException(values.size() + " values for " + text);
    }
  }

  /** Returns the SQL with the values in place of the question marks. */
  @Override
  public String shown() {
    String[] parts = text.split("\\?", -1);
    StringBuilder shown = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      shown.append(shown(values.get(i - 1))).append(parts[i]);
    }
    return shown.toString();
  }

  private static String shown(Object value) {
    if (value instanceof List<?> texts) {
      return texts.stream().map(Sql::shown).collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof String text ? "'" + text.replace("'", "''") + "'" : value.toString();
  }
}
