package io.github.idc4j.service.engine;

import java.util.List;

/**
 * SQL with the values of its parameters.
 *
 * @param text the SQL, with a question mark for each value; all names of tables and columns come
 *     from the catalogue
 * @param values the values, which are passed to the database only as parameters
 */
public record Sql(String text, List<Object> values) implements Query {

  /** Creates an instance with a copy of the values. */
  public Sql {
    values = List.copyOf(values);
  }

  /** Returns the SQL with the values in place of the question marks. */
  @Override
  public String shown() {
    String[] parts = text.split("\\?", -1);
    StringBuilder shown = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      Object value = values.get(i - 1);
      shown.append(value instanceof String s ? "'" + s.replace("'", "''") + "'" : value);
      shown.append(parts[i]);
    }
    return shown.toString();
  }
}
