package io.github.idc4j.service.query;

import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.InstanceColumns;
import io.github.idc4j.service.data.ManifestColumn;
import io.github.idc4j.service.engine.Dialect;
import io.github.idc4j.service.engine.InstanceQuery;
import io.github.idc4j.service.engine.Query;
import io.github.idc4j.service.engine.Sql;
import io.github.idc4j.service.engine.TableScan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Creates the SQL of the three families of paged operations. In each row, the keys are sorted by
 * name. The values are strings, lists of strings, or null.
 */
public final class Queries {

  /** The columns that {@link InstanceQuery} requires. */
  private static final List<String> SERIES =
      List.of("\"aws_bucket\"", "\"gcs_bucket\"", "\"crdc_series_uuid\"", "\"instanceCount\"");

  /** Sorts series like the URLs of their instances. */
  private static final String SERIES_ORDER = "gcs_bucket || '/' || crdc_series_uuid";

  private final Catalogue catalogue;
  private final FilterRules rules;
  private final Dialect dialect;
  private final InstanceColumns instanceColumns;

  /**
   * A cell of a row: its key, the attribute that it shows, and the text that precedes its value.
   */
  private record Cell(String key, Attribute attribute, String prefix) {}

  /**
   * Creates an instance.
   *
   * @param instanceColumns the manifest columns whose values come from the buckets; only DuckDB
   *     supports them
   */
  public Queries(
      Catalogue catalogue, FilterRules rules, Dialect dialect, InstanceColumns instanceColumns) {
    this.catalogue = catalogue;
    this.rules = rules;
    this.dialect = dialect;
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
    List<Attribute> order =
        new ArrayList<>(columns.stream().map(ManifestColumn::attribute).toList());
    order.add(0, order.remove(order.size() - 1));
    return sql("SELECT DISTINCT ", cells(columns), order, filters);
  }

  private boolean isListed(Attribute attribute) {
    return instanceColumns.expression(attribute).isPresent();
  }

  private InstanceQuery instances(List<ManifestColumn> columns, Filters filters) {
    Set<String> ofSeries = new LinkedHashSet<>(SERIES);
    List<Cell> cells = cells(columns);
    cells.stream()
        .map(Cell::attribute)
        .filter(attribute -> !isListed(attribute))
        .forEach(attribute -> ofSeries.add(dialect.columns(attribute)));
    Sql where = filters.where(dialect, rules);
    Sql series =
        new Sql(
            """
            SELECT %s, CAST(sum("instanceCount") OVER (
              ORDER BY %s ROWS UNBOUNDED PRECEDING) AS BIGINT) AS row_end
            FROM %s WHERE (%s) AND "instanceCount" > 0 ORDER BY row_end"""
                .formatted(
                    String.join(", ", ofSeries),
                    SERIES_ORDER,
                    dialect.table(Catalogue.PIVOT),
                    where.text()),
            where.values());
    return new InstanceQuery(series, row(cells));
  }

  private static List<Cell> cells(List<ManifestColumn> columns) {
    return columns.stream()
        .map(column -> new Cell(column.key(), column.attribute(), column.prefix()))
        .toList();
  }

  /**
   * Returns SQL for the distinct rows of a query. The rows are sorted by the fields, in their
   * order.
   */
  public Sql fields(List<Attribute> fields, Filters filters) {
    List<Attribute> distinct = fields.stream().distinct().toList();
    return sql("SELECT DISTINCT ", fieldCells(distinct), distinct, filters);
  }

  /**
   * Returns a query for the metadata of all instances, sorted by collection, patient, study, series
   * and instance.
   */
  public Query dicomMetadata() {
    List<Cell> cells =
        fieldCells(catalogue.attributes().stream().filter(Attribute::dicomMetadata).toList());
    if (dialect.hasSortedImages()) {
      return new TableScan(row(cells), dialect.table(Catalogue.PIVOT));
    }
    List<Attribute> order =
        Catalogue.PIVOT_ORDER.stream()
            .map(name -> catalogue.attribute(name).orElseThrow())
            .toList();
    return sql("SELECT ", cells, order, Filters.none(catalogue));
  }

  private static List<Cell> fieldCells(List<Attribute> attributes) {
    return attributes.stream().map(attribute -> new Cell(attribute.name(), attribute, "")).toList();
  }

  private Sql sql(String select, List<Cell> cells, List<Attribute> order, Filters filters) {
    Sql where = filters.where(dialect, rules);
    return new Sql(
        "SELECT "
            + row(cells)
            + " FROM ("
            + select
            + list(cells.stream().map(Cell::attribute).map(dialect::columns).toList())
            + " FROM "
            + dialect.table(Catalogue.PIVOT)
            + " WHERE "
            + where.text()
            + ") AS "
            + Dialect.FOUND
            + " ORDER BY "
            + list(order.stream().map(dialect::order).toList()),
        where.values());
  }

  private static String list(List<String> terms) {
    return String.join(", ", terms);
  }

  private String row(List<Cell> cells) {
    SortedMap<String, String> values = new TreeMap<>();
    cells.forEach(cell -> values.put(cell.key(), value(cell)));
    return dialect.row(values);
  }

  private String value(Cell cell) {
    String text =
        instanceColumns
            .expression(cell.attribute())
            .orElseGet(() -> dialect.text(cell.attribute()));
    return cell.prefix().isEmpty() ? text : dialect.prefixed(cell.prefix(), text);
  }
}
