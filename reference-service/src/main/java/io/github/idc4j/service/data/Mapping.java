package io.github.idc4j.service.data;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;

/**
 * How the published tables give the columns of version 1, from {@code mapping.csv}. A table of
 * instances or patients also has each column of the contract that has the same name.
 */
final class Mapping {

  /** How a data set gives a column. */
  enum Kind {
    EXACT,
    DERIVED
  }

  /**
   * A way to get a column.
   *
   * @param table the table that has the value
   * @param column the column that it comes from
   * @param expression SQL over that table, which has its own name as alias
   */
  record Source(SourceTable table, String column, String expression, Kind kind) {

    /** Returns the way that takes a column as it is. */
    static Source of(SourceTable table, String column, Kind kind) {
      return new Source(table, column, table.tableName() + ".\"" + column + '"', kind);
    }
  }

  private static final String NOWHERE = "-";

  private final Map<String, List<Source>> sources;
  private final Set<String> unpublished;

  Mapping() {
    var rows = Tables.own("mapping.csv");
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
        : new Source(table, column, row.get("expression"), kind);
  }

  /** Returns the ways to get a column, other than from a column of the same name. */
  List<Source> sources(Attribute attribute) {
    return sources.getOrDefault(attribute.name(), List.of());
  }

  /** Returns the table that has a column, or empty if no published table has it. */
  Optional<SourceTable> publishedIn(Attribute attribute) {
    return unpublished.contains(attribute.name())
        ? Optional.empty()
        : SourceTable.named(attribute.table());
  }
}
