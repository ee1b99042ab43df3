package io.github.idc4j.openapi.bundler;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says a document of OpenAPI 3.0.3 in the words of OpenAPI 3.1, whose schemas are JSON Schema
 * 2020-12: a nullable type becomes a list of types, a schema's example a list of examples. What
 * would need more is refused, as no schema here has it.
 */
final class OpenApi31 {

  private static final String VERSION = "3.1.0";

  /** Where the members are schemas by name. */
  private static final Set<String> SCHEMAS_BY_NAME = Set.of("schemas", "properties");

  /** Where the value is a schema. */
  private static final Set<String> SCHEMA = Set.of("schema", "items", "additionalProperties");

  /** What holds values, not schemas. */
  private static final Set<String> VALUES =
      Set.of("example", "examples", "default", "enum", "value");

  private static final List<String> REFUSED =
      List.of(
          "exclusiveMinimum",
          "exclusiveMaximum",
          "allOf",
          "anyOf",
          "oneOf",
          "not",
          "discriminator");

  private OpenApi31() {}

  /** Returns the document in 3.1; the given one stays as it is. */
  static ObjectNode of(ObjectNode document) {
    ObjectNode copy = document.deepCopy();
    copy.put("openapi", VERSION);
    search(copy);
    return copy;
  }

  /** Looks for schemas in what is none. */
  private static void search(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (SCHEMA.contains(member.getKey())) {
          convert(member.getValue());
        } else if (SCHEMAS_BY_NAME.contains(member.getKey())) {
          member.getValue().forEach(OpenApi31::convert);
        } else if (!VALUES.contains(member.getKey())) {
          search(member.getValue());
        }
      }
    } else {
      node.forEach(OpenApi31::search);
    }
  }

  private static void convert(JsonNode node) {
    if (!(node instanceof ObjectNode schema)) {
      return; // additionalProperties may be true or false.
    }
    REFUSED.stream()
        .filter(schema::has)
        .findFirst()
        .ifPresent(
            keyword -> {
              throw new IllegalArgumentException(
                  "No rule says what " + keyword + " becomes in OpenAPI 3.1: " + schema);
            });
    JsonNode nullable = schema.remove("nullable");
    if (nullable != null && nullable.asBoolean()) {
      JsonNode type = schema.get("type");
      if (type == null) {
        throw new IllegalArgumentException("nullable without type: " + schema);
      }
      schema.putArray("type").add(type).add("null");
    }
    JsonNode example = schema.remove("example");
    if (example != null) {
      schema.putArray("examples").add(example);
    }
    search(schema);
  }
}
