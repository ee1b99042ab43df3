package io.github.idc4j.service.engine;

import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Database;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The SQL dialect of DuckDB. The cells of a row are the columns of the query. */
public final class DuckDbDialect implements Dialect {

  private static final String LISTABLE =
      " Manifests can contain it if the service runs with the option --instances-from-bucket.";

  private static final String NO_VALUE = "CAST(NULL AS VARCHAR)";

  /**
   * The maximum number of texts that are parameters of their own. DuckDB needs several kilobytes
   * for each parameter, and plans a few of them better than a list.
   */
  private static final int MAX_PARAMETERS = 100;

  private final Database database;
  private final CollectionIds collectionIds;

  /** Creates a dialect for the data set of a database. */
  public DuckDbDialect(Database database) throws SQLException {
    this.database = database;
    this.collectionIds = new CollectionIds(database);
  }

  @Override
  public boolean hasColumn(Attribute attribute) {
    return database.column(attribute).isPresent();
  }

  @Override
  public String whyAbsent(Attribute attribute) {
    return database
            .publishedIn(attribute)
            .map(
                table ->
                    "The published table "
                        + table
                        + " has it. To add that table, use the option --data of the service.")
            .orElse("No table that IDC publishes has it.")
        + (database.isListable(attribute) ? LISTABLE : "");
  }

  @Override
  public String dataSource(String table) {
    return database.dataSource(table);
  }

  @Override
  public String table(String table) {
    return Database.table(table);
  }

  @Override
  public boolean hasSortedImages() {
    return true;
  }

  @Override
  public boolean hasFreeQueries() {
    return true;
  }

  @Override
  public String value(Attribute attribute) {
    return attribute.column();
  }

  @Override
  public String columns(Attribute attribute) {
    return hasColumn(attribute) ? attribute.column() : NO_VALUE + " AS " + attribute.column();
  }

  @Override
  public String text(Attribute attribute) {
    if (!hasColumn(attribute)) {
      return NO_VALUE;
    }
    return attribute.kind() == Attribute.Kind.LIST
        ? attribute.column()
        : "CAST(" + attribute.column() + " AS VARCHAR)";
  }

  @Override
  public String prefixed(String prefix, String value) {
    return "'" + prefix + "' || " + value;
  }

  /**
   * {@inheritDoc} The prefix {@code found} is needed because a key of the row can have the same
   * name as a column of the table.
   */
  @Override
  public String order(Attribute attribute) {
    return FOUND + "." + attribute.column() + " NULLS FIRST";
  }

  @Override
  public String row(SortedMap<String, String> cells) {
    return cells.entrySet().stream()
        .map(cell -> cell.getValue() + " AS \"" + cell.getKey() + '"')
        .collect(Collectors.joining(", "));
  }

  @Override
  public String isOneOf(Attribute attribute, List<String> texts, List<Object> parameters) {
    Optional<List<String>> ids =
        attribute.name().equals(CollectionIds.NAME)
            ? collectionIds.matching(texts)
            : Optional.empty();
    return ids.isPresent()
        ? isIn(value(attribute), "?", ids.get(), parameters)
        : isIn("lower(" + value(attribute) + ")", "lower(?)", texts, parameters);
  }

  private static String isIn(
      String value, String text, List<String> texts, List<Object> parameters) {
    if (texts.isEmpty()) {
      return "false";
    }
    if (texts.size() > MAX_PARAMETERS) {
      parameters.add(texts);
      return value + " IN (SELECT " + text.replace("?", "unnest(?::VARCHAR[])") + ")";
    }
    parameters.addAll(texts);
    return value + " IN (" + String.join(", ", Collections.nCopies(texts.size(), text)) + ")";
  }

  @Override
  public String isLike(String value, String pattern, List<Object> parameters) {
    parameters.add(pattern);
    return "lower(" + value + ") LIKE lower(?)";
  }
}
