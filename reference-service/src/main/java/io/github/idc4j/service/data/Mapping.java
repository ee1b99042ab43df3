package io.github.idc4j.service.data;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
   * @param expression SQL over that table, which has its own name as alias
   */
  record Source(SourceTable table, String expression, Kind kind) {}

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
                    Collectors.mapping(
                        row ->
                            new Source(
                                SourceTable.named(row.get("table")).orElseThrow(),
                                row.get("expression"),
                                Kind.valueOf(row.get("kind").toUpperCase(Locale.ROOT))),
                        Collectors.toList())));
    unpublished =
        rows.stream()
            .filter(row -> row.get("table").equals(NOWHERE))
            .map(row -> row.get("name"))
            .collect(Collectors.toUnmodifiableSet());
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
