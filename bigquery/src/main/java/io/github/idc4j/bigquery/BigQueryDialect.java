package io.github.idc4j.bigquery;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.LegacySQLTypeName;
import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.engine.Dialect;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * The SQL dialect of BigQuery. Each row has one column, {@code json}, with the row as JSON. A list
 * of texts is one parameter, because BigQuery limits the number of parameters.
 */
final class BigQueryDialect implements Dialect {

  private static final String NO_VALUE = "CAST(NULL AS STRING)";

  private final SourceTables tables;

  BigQueryDialect(SourceTables tables) {
    this.tables = tables;
  }

  private static String quote(String name) {
    return '`' + name + '`';
  }

  private static String found(Attribute attribute) {
    return FOUND + "." + quote(attribute.name());
  }

  @Override
  public boolean hasColumn(Attribute attribute) {
    return tables.column(attribute).isPresent();
  }

  @Override
  public String whyAbsent(Attribute attribute) {
    if (attribute.table().isEmpty()) {
      return "No table that IDC publishes has it.";
    }
    String table = "The BigQuery table " + tables.name(attribute.table());
    return tables.exists(attribute.table())
        ? table + " does not have it."
        : table + ", which would have it, does not exist.";
  }

  @Override
  public String dataSource(String table) {
    return tables.name(table);
  }

  @Override
  public String table(String table) {
    return quote(tables.name(table));
  }

  /** Returns false, because a table in BigQuery has no order. */
  @Override
  public boolean hasSortedImages() {
    return false;
  }

  @Override
  public String value(Attribute attribute) {
    Field column = tables.column(attribute).orElseThrow();
    String name = quote(column.getName());
    return switch (attribute.kind()) {
      case STRING -> cast(name, column, LegacySQLTypeName.STRING, "STRING");
      case NUMBER -> cast(name, column, LegacySQLTypeName.FLOAT, "FLOAT64");
      case LIST -> name;
    };
  }

  private static String cast(String name, Field column, LegacySQLTypeName type, String sqlType) {
    return column.getType().equals(type) ? name : "CAST(" + name + " AS " + sqlType + ")";
  }

  @Override
  public String columns(Attribute attribute) {
    return (hasColumn(attribute) ? value(attribute) : NO_VALUE) + " AS " + quote(attribute.name());
  }

  /** {@inheritDoc} An integral number ends with {@code .0}, as in DuckDB. */
  @Override
  public String text(Attribute attribute) {
    return hasColumn(attribute) && attribute.kind() == Attribute.Kind.NUMBER
        ? "REGEXP_REPLACE(CAST(" + found(attribute) + " AS STRING), r'^([-0-9]+)$', r'\\1.0')"
        : found(attribute);
  }

  @Override
  public String order(Attribute attribute) {
    return found(attribute) + " NULLS FIRST";
  }

  /** {@inheritDoc} The emulator, which tests use, changes the keys of rows that use CONCAT. */
  @Override
  public String prefixed(String prefix, String value) {
    return "REGEXP_REPLACE(" + value + ", r'^', '" + prefix + "')";
  }

  @Override
  public String row(SortedMap<String, String> cells) {
    return cells.entrySet().stream()
        .map(cell -> cell.getValue() + " AS " + quote(cell.getKey()))
        .collect(Collectors.joining(", ", "TO_JSON_STRING(STRUCT(", ")) AS json"));
  }

  @Override
  public String isOneOf(Attribute attribute, List<String> texts, List<Object> parameters) {
    parameters.add(List.copyOf(texts));
    return "LOWER(" + value(attribute) + ") IN (SELECT LOWER(text) FROM UNNEST(?) AS text)";
  }

  /** {@inheritDoc} In BigQuery, a backslash escapes the next character of the pattern. */
  @Override
  public String isLike(String value, String pattern, List<Object> parameters) {
    parameters.add(pattern.replace("\\", "\\\\"));
    return "LOWER(" + value + ") LIKE LOWER(?)";
  }
}
