package io.github.idc4j.openapi.bundler;

import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the tables of attributes and manifest columns, and generates parts of the spec from these
 * tables.
 */
record Catalogue(List<CSVRecord> attributes, List<CSVRecord> manifestColumns) {

  /**
   * The range forms of a numeric attribute, such as {@code _lt} (less than). A numeric attribute
   * has two example values. The example of a range form consists of the values from index {@code
   * from}, inclusive, to index {@code to}, exclusive.
   */
  private static final List<RangeForm> RANGE_FORMS =
      List.of(
          new RangeForm("_lt", 1, 2, "less than the value"),
          new RangeForm("_lte", 1, 2, "less than or equal to the value"),
          new RangeForm("_btw", 0, 2, "between the two values, excluding both"),
          new RangeForm("_ebtw", 0, 2, "between the two values, including the lower bound"),
          new RangeForm("_ebtwe", 0, 2, "between the two values, including both"),
          new RangeForm("_btwe", 0, 2, "between the two values, including the upper bound"),
          new RangeForm("_gte", 0, 1, "greater than or equal to the value"),
          new RangeForm("_gt", 0, 1, "greater than the value"));

  private static final String BOOLEAN_LITERAL = "#/components/schemas/BooleanLiteral";

  private record RangeForm(String suffix, int from, int to, String meaning) {
    int values() {
      return to - from;
    }
  }

  static Catalogue read(Path folder) throws IOException {
    return new Catalogue(
        table(folder.resolve("attributes.csv")), table(folder.resolve("manifest-columns.csv")));
  }

  private static List<CSVRecord> table(Path file) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(file)) {
      return format.parse(reader).getRecords();
    }
  }

  /**
   * Adds data from the catalogue to a schema.
   *
   * @param table the value of {@code x-catalogue} in the schema, such as {@code filters}
   */
  void complete(ObjectNode schema, String table) {
    switch (table) {
      case "filters" -> filters(schema.putObject("properties"));
      case "query-fields" -> queryFields(schema);
      case "dicom-metadata" -> dicomMetadata(schema);
      case "manifest-row" -> manifestRow(schema.putObject("properties"));
      default -> throw new IllegalArgumentException("No such catalogue table: " + table);
    }
  }

  /** Returns the query parameters that select the columns of a manifest. */
  List<ObjectNode> manifestParameters() {
    return manifestColumns.stream()
        .map(
            column -> {
              ObjectNode parameter = JsonNodeFactory.instance.objectNode();
              parameter
                  .put("name", column.get("key"))
                  .put("in", "query")
                  .put(
                      "description",
                      "`True` adds the column `"
                          + column.get("key")
                          + "`: "
                          + column.get("description")
                          + ".")
                  .put("example", "True");
              parameter.putObject("schema").put("$ref", BOOLEAN_LITERAL);
              return parameter;
            })
        .toList();
  }

  private List<String> names(String flag) {
    return attributes.stream()
        .filter(attribute -> attribute.get(flag).equals("yes"))
        .map(attribute -> attribute.get("name"))
        .toList();
  }

  private void queryFields(ObjectNode schema) {
    ArrayNode names = schema.putArray("enum");
    ArrayNode descriptions = schema.putArray("x-enum-descriptions");
    for (CSVRecord attribute : attributes) {
      if (attribute.get("query_field").equals("yes")) {
        names.add(attribute.get("name"));
        descriptions.add(described(attribute.get("description"), attribute));
      }
    }
  }

  private void filters(ObjectNode properties) {
    for (CSVRecord attribute : attributes) {
      if (!attribute.get("filter").equals("yes")) {
        continue;
      }
      String name = attribute.get("name");
      String description = attribute.get("description");
      ObjectNode values = filter(properties.putObject(name), attribute, description, 0, 1);
      values.put("minItems", 1);
      if (numeric(attribute)) {
        values.put("maxItems", 1);
        for (RangeForm form : RANGE_FORMS) {
          ObjectNode range = properties.putObject(name + form.suffix());
          String meaning = "`" + name + "` " + form.meaning();
          filter(range, attribute, meaning, form.from(), form.to())
              .put("minItems", form.values())
              .put("maxItems", form.values());
        }
      }
    }
  }

  /**
   * Completes the schema of a filter. The value of a filter is an array. The example in the schema
   * consists of the example values of the attribute from index {@code from}, inclusive, to index
   * {@code to}, exclusive.
   */
  private static ObjectNode filter(
      ObjectNode schema, CSVRecord attribute, String meaning, int from, int to) {
    schema.put("type", "array").put("description", described(meaning, attribute));
    schema.putObject("items").put("type", numeric(attribute) ? "number" : "string");
    ArrayNode example = schema.putArray("example");
    for (String value : examples(attribute).subList(from, to)) {
      if (numeric(attribute)) {
        example.add(new BigDecimal(value));
      } else {
        example.add(value);
      }
    }
    return schema;
  }

  private void dicomMetadata(ObjectNode schema) {
    ArrayNode required = schema.putArray("required");
    names("dicom_metadata").forEach(required::add);
    ObjectNode properties = schema.putObject("properties");
    for (CSVRecord attribute : attributes) {
      if (!attribute.get("dicom_metadata").equals("yes")) {
        continue;
      }
      ObjectNode property = properties.putObject(attribute.get("name"));
      String description = described(attribute.get("description"), attribute);
      if (attribute.get("value_type").equals("list")) {
        property.put("type", "array").put("description", description);
        property.putObject("items").put("type", "string");
        examples(attribute).forEach(property.putArray("example")::add);
      } else {
        property.put("type", "string").put("description", description);
        property.put("example", examples(attribute).get(0));
      }
      property.put("nullable", true);
    }
  }

  private void manifestRow(ObjectNode properties) {
    for (CSVRecord column : manifestColumns) {
      ObjectNode property = properties.putObject(column.get("key")).put("type", "string");
      if (!column.get("format").isEmpty()) {
        property.put("format", column.get("format"));
      }
      property
          .put("nullable", true)
          .put("description", column.get("description") + ".")
          .put("example", column.get("prefix") + examples(attribute(column.get("column"))).get(0));
    }
  }

  private CSVRecord attribute(String name) {
    return attributes.stream()
        .filter(attribute -> attribute.get("name").equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No such attribute: " + name));
  }

  private static boolean numeric(CSVRecord attribute) {
    return attribute.get("value_type").equals("number");
  }

  private static List<String> examples(CSVRecord attribute) {
    return List.of(attribute.get("example").split("\\|"));
  }

  private static String described(String meaning, CSVRecord attribute) {
    String units = attribute.get("units");
    return meaning + "." + (units.isEmpty() ? "" : " Unit: " + units + ".");
  }
}
