package io.github.idc4j.openapi.gate;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of a document binds programs: all but descriptions, summaries, examples, tags and the text
 * about the document; what only repeats a default of OpenAPI, or wraps a schema to describe it, is
 * left out too.
 */
final class Contract {

  private static final Set<String> EDITORIAL =
      Set.of("description", "summary", "example", "examples", "externalDocs", "tags");

  /** Keywords for which absent means false. */
  private static final Set<String> FALSE_BY_DEFAULT =
      Set.of(
          "required",
          "nullable",
          "deprecated",
          "readOnly",
          "writeOnly",
          "uniqueItems",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "allowEmptyValue",
          "allowReserved");

  private Contract() {}

  static ObjectNode of(JsonNode document) {
    ObjectNode contract = (ObjectNode) binding(document, false);
    contract.set(
        "info",
        JsonNodeFactory.instance
            .objectNode()
            .put("title", "")
            .put("version", document.at("/info/version").asString("")));
    return contract;
  }

  private static JsonNode binding(JsonNode node, boolean map) {
    if (node instanceof ArrayNode array) {
      ArrayNode kept = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> kept.add(binding(item, false)));
      return kept;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    object.forEachEntry(
        (key, value) -> {
          if (map) {
            kept.set(key, binding(value, false));
          } else if (!EDITORIAL.contains(key)
              && !(FALSE_BY_DEFAULT.contains(key) && value.isBoolean() && !value.asBoolean())) {
            kept.set(key, binding(value, Site.MAPS.contains(key)));
          }
        });
    boolean wrapper = !map && kept.size() == 1 && kept.path("allOf").size() == 1;
    return wrapper ? kept.get("allOf").get(0) : kept;
  }
}
