package io.github.idc4j.service.query;

import java.util.List;

/**
 * SQL with the values of its question marks.
 *
 * @param text the SQL; names in it come from the catalogue only
 * @param values the values, which reach the database as parameters only
 */
public record Sql(String text, List<Object> values) {

  /** Copies the values. */
  public Sql {
    values = List.copyOf(values);
  }

  /** Returns the SQL with its values written in, for a person to read. */
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
