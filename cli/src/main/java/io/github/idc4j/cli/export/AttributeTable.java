package io.github.idc4j.cli.export;

import io.github.idc4j.openapi.IdcOpenApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The attributes of the specification. */
final class AttributeTable {

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  private AttributeTable() {}

  /** Returns the data types of the filter attributes, such as Continuous Numeric, by name. */
  static Map<String, String> filterDataTypes() {
    return read("data_type", row -> row.get("filter").equals("yes"));
  }

  /** Returns what the attributes mean, by name. */
  static Map<String, String> descriptions() {
    return read("description", Objects::nonNull);
  }

  /** Returns the types of some columns, which are text if they are no attributes. */
  static Map<String, ValueType> types(List<String> columns) {
    Map<String, String> known = read("value_type", Objects::nonNull);
    Map<String, ValueType> types = new LinkedHashMap<>();
    columns.forEach(
        column -> types.put(column, ValueType.ofAttribute(known.getOrDefault(column, ""))));
    return types;
  }

  private static Map<String, String> read(String column, Predicate<CSVRecord> condition) {
    Map<String, String> values = new LinkedHashMap<>();
    try (CSVParser rows =
        CSVParser.parse(IdcOpenApi.attributes(), StandardCharsets.UTF_8, FORMAT)) {
      rows.stream().filter(condition).forEach(row -> values.put(row.get("name"), row.get(column)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }
}
