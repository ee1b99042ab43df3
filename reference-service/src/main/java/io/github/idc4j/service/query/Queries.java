package io.github.idc4j.service.query;

import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.data.ManifestColumn;
import io.github.idc4j.service.engine.Sql;
import io.github.idc4j.service.engine.TableScan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Creates the SQL of the three families of paged operations. In each row, the keys are sorted by
 * name. The values are strings, lists of strings, or null.
 */
public final class Queries {

  private static final String NO_VALUE = "CAST(NULL AS VARCHAR) AS ";

  private final Catalogue catalogue;
  private final boolean quirks;
  private final Predicate<Attribute> hasColumn;

  /**
   * A cell of a row: its key, the attribute that it shows, and the text that precedes its value.
   */
  private record Cell(String key, Attribute attribute, String prefix) {
    String sql() {
      String value =
          attribute.kind() == Attribute.Kind.LIST
              ? attribute.column()
              : "CAST(" + attribute.column() + " AS VARCHAR)";
      return (prefix.isEmpty() ? value : "'" + prefix + "' || " + value) + " AS \"" + key + '"';
    }
  }

  /**
   * Creates an instance, with or without the quirks of the deployed service.
   *
   * @param hasColumn whether the data set has the column of an attribute; rows contain null for the
   *     other attributes
   */
  public Queries(Catalogue catalogue, boolean quirks, Predicate<Attribute> hasColumn) {
    this.catalogue = catalogue;
    this.quirks = quirks;
    this.hasColumn = hasColumn;
  }

  /**
   * Returns SQL for the distinct rows of a manifest. The rows are sorted by the last column. Rows
   * with the same value in the last column are sorted by the other columns, in their order.
   */
  public Sql manifest(List<ManifestColumn> columns, Filters filters) {
    List<Cell> cells =
        columns.stream()
            .map(column -> new Cell(column.key(), column.attribute(), column.prefix()))
            .toList();
    List<String> order = new ArrayList<>();
    order.add(columns.get(columns.size() - 1).attribute().column());
    columns.stream()
        .limit(columns.size() - 1L)
        .map(column -> column.attribute().column())
        .forEach(order::add);
    return distinct(cells, order, filters);
  }

  /**
   * Returns SQL for the distinct rows of a query. The rows are sorted by the fields, in their
   * order.
   */
  public Sql fields(List<Attribute> fields, Filters filters) {
    List<Cell> cells =
        fields.stream().distinct().map(field -> new Cell(field.name(), field, "")).toList();
    return distinct(cells, fields.stream().distinct().map(Attribute::column).toList(), filters);
  }

  /**
   * Returns a query for the metadata of all instances. The table of images is already sorted by
   * collection, patient, study, series and instance.
   */
  public TableScan dicomMetadata() {
    String columns =
        catalogue.attributes().stream()
            .filter(Attribute::dicomMetadata)
            .sorted(Comparator.comparing(Attribute::name))
            .map(
                attribute ->
                    hasColumn.test(attribute)
                        ? new Cell(attribute.name(), attribute, "").sql()
                        : NO_VALUE + attribute.column())
            .collect(Collectors.joining(", "));
    return new TableScan(columns, Database.table(Catalogue.PIVOT));
  }

  private Sql distinct(List<Cell> cells, List<String> order, Filters filters) {
    Sql where = filters.where(quirks);
    return new Sql(
        "SELECT "
            + keys(cells)
            + " FROM (SELECT DISTINCT "
            + columns(cells)
            + " FROM "
            + Database.table(Catalogue.PIVOT)
            + " WHERE "
            + where.text()
            + ") AS found ORDER BY "
            + order(order),
        where.values());
  }

  private String columns(List<Cell> cells) {
    return cells.stream()
        .map(Cell::attribute)
        .map(
            attribute ->
                hasColumn.test(attribute) ? attribute.column() : NO_VALUE + attribute.column())
        .collect(Collectors.joining(", "));
  }

  /**
   * Returns the columns to sort by. The prefix {@code found} is needed because a key of the row can
   * have the same name as a column of the table.
   */
  private static String order(List<String> columns) {
    return columns.stream()
        .map(column -> "found." + column + " NULLS FIRST")
        .collect(Collectors.joining(", "));
  }

  private static String keys(List<Cell> cells) {
    return cells.stream()
        .sorted(Comparator.comparing(Cell::key))
        .map(Cell::sql)
        .collect(Collectors.joining(", "));
  }
}
