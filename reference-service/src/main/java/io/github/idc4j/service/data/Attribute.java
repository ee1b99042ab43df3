package io.github.idc4j.service.data;

/**
 * An attribute of the catalogue.
 *
 * @param name the name of the attribute in requests and in rows
 * @param kind the type of the values
 * @param dataType the data type in the response to {@code GET /attributes}; empty if the attribute
 *     is not a filter
 * @param table the table that contains the column of the attribute; empty if the attribute has no
 *     column
 * @param units the units of the values; empty if the values have no units
 * @param filter whether filters of cohorts can use the attribute
 * @param queryField whether queries can request the attribute as a field
 * @param dicomMetadata whether the rows of {@code GET /dicomMetadata} contain the attribute
 */
public record Attribute(
    String name,
    Kind kind,
    String dataType,
    String table,
    String units,
    boolean filter,
    boolean queryField,
    boolean dicomMetadata) {

  /** The types of values. */
  public enum Kind {
    STRING,
    NUMBER,
    LIST
  }

  /** Returns the name of the column in the table, quoted for SQL. */
  public String column() {
    return '"' + name + '"';
  }
}
