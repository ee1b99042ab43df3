package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.rule.Csv;
import io.github.idc4j.openapi.IdcOpenApi;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;

/** The names that filters accept, read from the catalogue of attributes in the contract. */
final class FilterNames {

  /** Suffixes of the range forms, in the order in which {@code GET /attributes} lists them. */
  static final List<String> SUFFIXES =
      List.of("_lt", "_lte", "_btw", "_ebtw", "_ebtwe", "_btwe", "_gte", "_gt");

  private static final Set<String> NUMBERS =
      Csv.rows(IdcOpenApi.attributes()).stream()
          .filter(row -> row.get("value_type").equals("number"))
          .map(row -> row.get("name"))
          .collect(Collectors.toUnmodifiableSet());

  private FilterNames() {}

  /** Returns all names that filters accept, each with valid values. */
  static Map<String, List<Object>> withValues() {
    Map<String, List<Object>> all = new LinkedHashMap<>();
    for (CSVRecord row : Csv.rows(IdcOpenApi.attributes())) {
      if (!row.get("filter").equals("yes")) {
        continue;
      }
      String name = row.get("name");
      boolean number = row.get("value_type").equals("number");
      all.put(name, List.of(number ? 1 : "x"));
      if (number) {
        SUFFIXES.forEach(
            suffix -> all.put(name + suffix, suffix.contains("btw") ? List.of(1, 2) : List.of(1)));
      }
    }
    return all;
  }

  /**
   * Returns the attribute that a filter name belongs to: the name without the suffix of a range
   * form.
   */
  static String attribute(String name) {
    return SUFFIXES.stream()
        .filter(suffix -> name.endsWith(suffix))
        .map(suffix -> name.substring(0, name.length() - suffix.length()))
        .filter(NUMBERS::contains)
        .findFirst()
        .orElse(name);
  }

  /**
   * Returns whether the deployed service responds with 500 to a filter by a plain value. The
   * deployed service derived the operator from the name, so numeric attributes with _l or _g in
   * their names fail. The deployed service also did not compare dates with strings.
   */
  static boolean mayFail(String name) {
    return (NUMBERS.contains(name) && (name.contains("_l") || name.contains("_g")))
        || name.equals("StudyDate");
  }
}
