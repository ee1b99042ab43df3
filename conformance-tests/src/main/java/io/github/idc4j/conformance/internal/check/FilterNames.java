package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.rule.Csv;
import io.github.idc4j.openapi.IdcOpenApi;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;

/** The names that filters accept, from the contract's catalogue. */
final class FilterNames {

  /** What follows a numeric attribute's name, in the order of {@code GET /attributes}. */
  static final List<String> SUFFIXES =
      List.of("_lt", "_lte", "_btw", "_ebtw", "_ebtwe", "_btwe", "_gte", "_gt");

  private FilterNames() {}

  /** Returns each name with values that a filter may have for it. */
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
}
