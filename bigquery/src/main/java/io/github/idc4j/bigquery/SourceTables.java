package io.github.idc4j.bigquery;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.LegacySQLTypeName;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableDefinition;
import com.google.cloud.bigquery.TableId;
import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.engine.BigQuerySettings;
import io.github.idc4j.service.engine.EngineException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tables in BigQuery that queries read, and the column of each attribute. */
final class SourceTables {

  private final Map<String, SourceTable> tables = new HashMap<>();

  private final Map<String, Field> columns = new HashMap<>();

  /**
   * A table.
   *
   * @param exists whether the table exists
   */
  private record SourceTable(TableId id, boolean exists, Map<String, Field> columns) {}

  private SourceTables() {}

  /**
   * Finds the tables, and reads their columns.
   *
   * @throws EngineException if the table of images does not exist
   */
  static SourceTables find(
      BigQuery bigQuery, BigQuerySettings settings, Catalogue catalogue, Database database)
      throws EngineException {
    SourceTables found = new SourceTables();
    for (Attribute attribute : catalogue.attributes()) {
      if (attribute.table().isEmpty()) {
        continue;
      }
      SourceTable table =
          found.tables.computeIfAbsent(
              attribute.table(), name -> table(bigQuery, settings, name, database));
      database.publishedNames(attribute).stream()
          .map(table.columns()::get)
          .filter(field -> field != null && fits(field, attribute.kind()))
          .findFirst()
          .ifPresent(field -> found.columns.put(attribute.name(), field));
    }
    SourceTable images = found.tables.get(Catalogue.PIVOT);
    if (!images.exists()) {
      throw new EngineException(
          "The table "
              + Names.of(images.id())
              + " does not exist, or you have no permission to see it. Set --bigquery-dataset to a"
              + " data set that contains the table "
              + Catalogue.PIVOT
              + ".",
          null);
    }
    return found;
  }

  /**
   * Finds a table in the chosen data set. If the data set has no table of patients, uses IDC's
   * public table, because newer releases have no such tables.
   */
  private static SourceTable table(
      BigQuery bigQuery, BigQuerySettings settings, String name, Database database) {
    TableId published = Names.table(database.dataSource(name));
    Optional<TableId> chosen =
        settings
            .dataset()
            .map(dataset -> Names.dataset(dataset, settings.project()))
            .map(dataset -> in(dataset, name));
    SourceTable first = read(bigQuery, chosen.orElse(published));
    return first.exists() || name.equals(Catalogue.PIVOT) ? first : read(bigQuery, published);
  }

  private static TableId in(DatasetId dataset, String name) {
    return TableId.of(dataset.getProject(), dataset.getDataset(), name);
  }

  private static SourceTable read(BigQuery bigQuery, TableId id) {
    Map<String, Field> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Table table = bigQuery.getTable(id);
    if (table != null) {
      table
          .<TableDefinition>getDefinition()
          .getSchema()
          .getFields()
          .forEach(field -> columns.put(field.getName(), field));
    }
    return new SourceTable(id, table != null, columns);
  }

  /** Returns whether a column has the kind. A number in a text could not be converted. */
  private static boolean fits(Field field, Attribute.Kind kind) {
    boolean isList = field.getMode() == Field.Mode.REPEATED;
    boolean isText = field.getType().equals(LegacySQLTypeName.STRING);
    return field.getSubFields() == null
        && isList == (kind == Attribute.Kind.LIST)
        && !(isText && kind == Attribute.Kind.NUMBER);
  }

  /** Returns the column of an attribute; empty if its table does not have the column. */
  Optional<Field> column(Attribute attribute) {
    return Optional.ofNullable(columns.get(attribute.name()));
  }

  /** Returns whether a table exists. */
  boolean exists(String table) {
    return tables.get(table).exists();
  }

  /** Returns the name of a table, with its project and data set. */
  String name(String table) {
    return Names.of(tables.get(table).id());
  }
}
