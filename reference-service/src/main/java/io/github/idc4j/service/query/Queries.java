package io.github.idc4j.service.query;

import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.data.InstanceColumns;
import io.github.idc4j.service.data.ManifestColumn;
import io.github.idc4j.service.engine.InstanceQuery;
import io.github.idc4j.service.engine.Query;
import io.github.idc4j.service.engine.Sql;
import io.github.idc4j.service.engine.TableScan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Creates the SQL of the three families of paged operations. In each row, the keys are sorted by
 * name. The values are strings, lists of strings, or null.
 */
public final class Queries {

  private static final String NO_VALUE = "CAST(NULL AS VARCHAR) AS ";

  /** The columns that {@link InstanceQuery} requires. */
  private static final List<String> SERIES =
      List.of("\"aws_bucket\"", "\"gcs_bucket\"", "\"crdc_series_uuid\"", "\"instanceCount\"");

  /** Sorts series like the URLs of their instances. */
  private static final String SERIES_ORDER = "gcs_bucket || '/' || crdc_series_uuid";

  private final Catalogue catalogue;
  private final boolean quirks;
  private final Predicate<Attribute> hasColumn;
  private final InstanceColumns instanceColumns;

  /**
   * A cell of a row.
   *
   * @param attribute the attribute that the cell shows
   * @param prefix the text that precedes the value
   * @param value the SQL expression of the value
   */
  private record Cell(String key, Attribute attribute, String prefix, String value) {
    Cell(String key, Attribute attribute, String prefix) {
      this(
          key,
          attribute,
          prefix,
          attribute.kind() == Attribute.Kind.LIST
              ? attribute.column()
              : "CAST(" + attribute.column() + " AS VARCHAR)");
    }

    String sql() {
      return (prefix.isEmpty() ? value : "'" + prefix + "' || " + value) + " AS \"" + key + '"';
    }
  }

  /**
   * Creates an instance, with or without the quirks of the deployed service.
   *
   * @param hasColumn whether the data set has the column of an attribute; rows contain null for the
   *     other attributes
   * @param instanceColumns the manifest columns whose values come from the buckets
   */
  public Queries(
      Catalogue catalogue,
      boolean quirks,
      Predicate<Attribute> hasColumn,
      InstanceColumns instanceColumns) {
    this.catalogue = catalogue;
    this.quirks = quirks;
    this.hasColumn = hasColumn;
    this.instanceColumns = instanceColumns;
  }

  /**
   * Returns a query for the distinct rows of a manifest. The rows are sorted by the last column.
   * Rows with the same value in the last column are sorted by the other columns, in their order. If
   * a column comes from the buckets, the rows must be sorted by {@link InstanceColumns#ORDER}.
   */
  public Query manifest(List<ManifestColumn> columns, Filters filters) {
    if (columns.stream().anyMatch(column -> isListed(column.attribute()))) {
      return instances(columns, filters);
    }
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

  private boolean isListed(Attribute attribute) {
    return instanceColumns.expression(attribute).isPresent();
  }

  private InstanceQuery instances(List<ManifestColumn> columns, Filters filters) {
    Set<String> ofSeries = new LinkedHashSet<>(SERIES);
    List<Cell> cells = new ArrayList<>();
    for (ManifestColumn column : columns) {
      Optional<String> listed = instanceColumns.expression(column.attribute());
      if (listed.isEmpty()) {
        ofSeries.add(column(column.attribute()));
      }
      cells.add(
          listed
              .map(value -> new Cell(column.key(), column.attribute(), column.prefix(), value))
              .orElseGet(() -> new Cell(column.key(), column.attribute(), column.prefix())));
    }
    Sql where = filters.where(quirks);
    Sql series =
        new Sql(
            """
            SELECT %s, CAST(sum("instanceCount") OVER (
              ORDER BY %s ROWS UNBOUNDED PRECEDING) AS BIGINT) AS row_end
            FROM %s WHERE (%s) AND "instanceCount" > 0 ORDER BY row_end"""
                .formatted(
                    String.join(", ", ofSeries),
                    SERIES_ORDER,
                    Database.table(Catalogue.PIVOT),
                    where.text()),
            where.values());
    return new InstanceQuery(series, keys(cells));
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
                        : column(attribute))
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
    return cells.stream().map(cell -> column(cell.attribute())).collect(Collectors.joining(", "));
  }

  private String column(Attribute attribute) {
    return hasColumn.test(attribute) ? attribute.column() : NO_VALUE + attribute.column();
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
