package io.github.idc4j.service.data;

import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;

/**
 * The columns of the published tables that the columns of version 1 come from, as listed in {@code
 * mapping.csv}. A column of a table of instances or patients needs no entry if its name is the name
 * in version 1.
 */
final class Mapping {

  /** How the values of a column relate to the values in the published table. */
  enum Kind {
    EXACT,
    DERIVED
  }

  /**
   * A way to get the values of a column.
   *
   * @param table the table that has the value
   * @param column the column that it comes from
   * @param expression the SQL expression of the value; the alias of each table is its name
   * @param kind how the values relate to the published ones
   * @param required whether a data set in which a value is null does not have the column
   */
  record Source(SourceTable table, String column, String expression, Kind kind, boolean required) {

    /** Returns the way that uses the values of a column unchanged. */
    static Source of(SourceTable table, String column, Kind kind) {
      return new Source(table, column, table.tableName() + ".\"" + column + '"', kind, false);
    }
  }

  /** The table that this class reads. */
  static final URL TABLE = Mapping.class.getResource("mapping.csv");

  private static final String NOWHERE = "-";

  private final Map<String, List<Source>> sources;
  private final Set<String> unpublished;

  Mapping() {
    var rows = Tables.read(TABLE);
    sources =
        rows.stream()
            .filter(row -> !row.get("table").equals(NOWHERE))
            .collect(
                Collectors.groupingBy(
                    row -> row.get("name"),
                    Collectors.mapping(Mapping::source, Collectors.toList())));
    unpublished =
        rows.stream()
            .filter(row -> row.get("table").equals(NOWHERE))
            .map(row -> row.get("name"))
            .collect(Collectors.toUnmodifiableSet());
  }

  private static Source source(CSVRecord row) {
    SourceTable table = SourceTable.named(row.get("table")).orElseThrow();
    String column = row.get("column");
    Kind kind = Kind.valueOf(row.get("kind").toUpperCase(Locale.ROOT));
    return row.get("expression").isEmpty()
        ? Source.of(table, column, kind)
        : new Source(table, column, row.get("expression"), kind, row.get("required").equals("yes"));
  }

  /** Returns the ways to get an attribute other than from a column with the same name. */
  List<Source> sources(Attribute attribute) {
    return sources.getOrDefault(attribute.name(), List.of());
  }

  /** Returns the published table that has an attribute; empty if no published table has it. */
  Optional<SourceTable> publishedIn(Attribute attribute) {
    return unpublished.contains(attribute.name())
        ? Optional.empty()
        : SourceTable.named(attribute.table());
  }
}
