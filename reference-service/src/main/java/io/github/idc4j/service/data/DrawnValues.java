package io.github.idc4j.service.data;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;

/**
 * Creates the SQL that draws values from the ranges and lists in {@code sample-values.csv}. A value
 * depends on the macros of {@link SampleSql}.
 */
final class DrawnValues {

  private final Map<String, CSVRecord> values =
      Tables.own("sample-values.csv").stream()
          .collect(Collectors.toMap(row -> row.get("name"), row -> row));

  /**
   * Returns SQL that draws a value of an attribute for an entity. A number comes from a range, and
   * a string from a list. If sample-values.csv does not contain the attribute, the range is 0 to
   * 100, and the list is NO, YES and null.
   */
  String drawn(Attribute attribute, String entity) {
    CSVRecord row = values.get(attribute.name());
    String name = Database.quote(attribute.name());
    if (attribute.kind() == Attribute.Kind.NUMBER) {
      long low = row == null ? 0 : Long.parseLong(row.get("low"));
      long high = row == null ? 100 : Long.parseLong(row.get("high"));
      return String.format(
          Locale.ROOT,
          "CASE WHEN number(%1$s, %2$s || 'n') %% 6 > 0 THEN (%3$d + number(%1$s, %2$s) %% %4$d)::DOUBLE END",
          entity,
          name,
          low,
          high - low + 1);
    }
    String list =
        Stream.of((row == null ? "NO|YES|" : row.get("values")).split("\\|", -1))
            .map(value -> value.isEmpty() ? "NULL" : Database.quote(value))
            .collect(Collectors.joining(", ", "[", "]"));
    return "pick(" + list + "::VARCHAR[], " + entity + ", " + name + ")";
  }
}
