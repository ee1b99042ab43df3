package io.github.idc4j.service.data;

/**
 * An attribute of the catalogue.
 *
 * @param name its name, as requests and rows write it
 * @param kind the kind of its values
 * @param dataType as {@code GET /attributes} says it; empty for what is no filter
 * @param table the table that has it; empty for a name without a column
 * @param units units of its values; empty where there are none
 * @param filter whether cohorts filter by it
 * @param queryField whether a query's fields accept it
 * @param dicomMetadata whether a row of {@code /dicomMetadata} has it
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

  /** The kinds of values. */
  public enum Kind {
    STRING,
    NUMBER,
    LIST
  }

  /** Returns the column of its table, quoted for SQL. */
  public String column() {
    return '"' + name + '"';
  }
}
