package io.github.idc4j.service.data;

import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;

/**
 * Maps the attributes of version 1 to columns of the published tables, as listed in {@code
 * mapping.csv}. An attribute needs no entry if {@code dicom_pivot}, the clinical table or the
 * biospecimen table has a column with the name of the attribute.
 */
final class Mapping {

  /** How the values of an attribute relate to the values in the published table. */
  enum Kind {
    EXACT,
    DERIVED
  }

  /**
   * A source of the values of an attribute.
   *
   * @param table the published table that contains the column
   * @param column the column that the source requires
   * @param expression the SQL expression for the value, in which each table is referred to by its
   *     name
   * @param kind how the values of the attribute relate to the values in the published table
   * @param required whether a single null value makes the attribute absent from the data set
   */
  record Source(SourceTable table, String column, String expression, Kind kind, boolean required) {

    /** Returns a source that uses the values of a column unchanged. */
    static Source of(SourceTable table, String column, Kind kind) {
      return new Source(table, column, table.tableName() + ".\"" + column + '"', kind, false);
    }
  }

  /** The file that this class reads. */
  static final URL TABLE = Mapping.class.getResource("mapping.csv");

  private static final String NOWHERE = "-";

  /** Stands for the names of the objects in the buckets that contain the instances. */
  private static final String BUCKETS = "buckets";

  private final Map<String, List<Source>> sources;
  private final Map<String, String> listed;
  private final Set<String> unpublished;

  Mapping() {
    var rows = Tables.read(TABLE);
    sources =
        rows.stream()
            .filter(row -> !row.get("table").equals(NOWHERE))
            .filter(row -> !row.get("table").equals(BUCKETS))
            .collect(
                Collectors.groupingBy(
                    row -> row.get("name"),
                    Collectors.mapping(Mapping::source, Collectors.toList())));
    listed =
        rows.stream()
            .filter(row -> row.get("table").equals(BUCKETS))
            .collect(
                Collectors.toUnmodifiableMap(row -> row.get("name"), row -> row.get("expression")));
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

  /** Returns the sources that the file lists for an attribute, in order of preference. */
  List<Source> sources(Attribute attribute) {
    return sources.getOrDefault(attribute.name(), List.of());
  }

  /**
   * Returns the SQL expression for an attribute whose values can be taken from the names of the
   * objects in the buckets; empty for other attributes.
   */
  Optional<String> listed(Attribute attribute) {
    return Optional.ofNullable(listed.get(attribute.name()));
  }

  /**
   * Returns the names that the column of an attribute can have in the published table of the
   * attribute, in order of preference.
   */
  List<String> publishedNames(Attribute attribute) {
    return Stream.concat(
            Stream.of(attribute.name()),
            sources(attribute).stream()
                .filter(source -> source.table().tableName().equals(attribute.table()))
                .map(Source::column))
        .toList();
  }

  /** Returns the published table that has an attribute; empty if no published table has it. */
  Optional<SourceTable> publishedIn(Attribute attribute) {
    return unpublished.contains(attribute.name())
        ? Optional.empty()
        : SourceTable.named(attribute.table());
  }
}
