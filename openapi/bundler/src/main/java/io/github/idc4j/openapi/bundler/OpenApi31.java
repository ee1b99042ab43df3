package io.github.idc4j.openapi.bundler;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts an OpenAPI 3.0.3 document to OpenAPI 3.1, whose schemas are JSON Schema 2020-12. A
 * nullable type becomes a list of types, and the example of a schema becomes a list of examples.
 * Other keywords that need a conversion cause an {@link IllegalArgumentException}. The spec does
 * not use such keywords.
 */
final class OpenApi31 {

  private static final String VERSION = "3.1.0";

  /** Keys whose values are maps from names to schemas. */
  private static final Set<String> SCHEMAS_BY_NAME = Set.of("schemas", "properties");

  /** Keys whose values are schemas. */
  private static final Set<String> SCHEMA = Set.of("schema", "items", "additionalProperties");

  /** Keys whose values are data and contain no schemas. */
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

  /** Returns a copy of the document in OpenAPI 3.1. Does not change the given document. */
  static ObjectNode of(ObjectNode document) {
    ObjectNode copy = document.deepCopy();
    copy.put("openapi", VERSION);
    search(copy);
    return copy;
  }

  /** Finds the schemas below a node and converts them. */
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
      return; // The value of additionalProperties may be true or false.
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
