package io.github.idc4j.openapi.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reduces an OpenAPI document to the contract, which is everything that programs depend on:
 *
 * <ul>
 *   <li>Titles, descriptions, summaries, examples, links and the document's list of tags are
 *       removed. Of {@code info}, only the version remains.
 *   <li>Values that only repeat an OpenAPI default are removed. An {@code allOf} that only wraps
 *       one schema is replaced with that schema.
 *   <li>The servers and parameters of a path, and the security of the document, are copied into
 *       each operation to which they apply.
 * </ul>
 */
final class Contract {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Set<String> EDITORIAL =
      Set.of("title", "description", "summary", "example", "examples", "externalDocs", "links");

  /**
   * Keywords whose values are copied unchanged. These values contain data, or names that the spec
   * defines. They contain nothing editorial.
   */
  private static final Set<String> AS_IT_IS =
      Set.of("default", "enum", "encoding", "discriminator");

  /** Keywords whose default is false. */
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

  /** Keywords whose default is zero. */
  private static final Set<String> ZERO_BY_DEFAULT =
      Set.of("minLength", "minItems", "minProperties");

  private static final Pattern WHOLE = Pattern.compile("(/paths/[^/]+)/[a-z]+(/servers|/security)");
  private static final Pattern PARAMETER =
      Pattern.compile("(/paths/[^/]+)(/[a-z]+)/parameters/([0-9]+)(.*)");

  private Contract() {}

  static ObjectNode of(JsonNode document) {
    ObjectNode contract = (ObjectNode) binding(document, false);
    contract.set(
        "info",
        JSON.objectNode()
            .put("title", "")
            .put("version", document.at("/info/version").asString("")));
    contract.remove("tags");
    JsonNode security = removed(contract, "security");
    for (JsonNode path : contract.path("paths")) {
      JsonNode servers = removed(path, "servers");
      JsonNode parameters = removed(path, "parameters");
      for (String method : Site.METHODS) {
        if (path.get(method) instanceof ObjectNode operation) {
          inherit(operation, "servers", servers);
          inherit(operation, "security", security);
          if (operation.path("security").isEmpty()) {
            operation.remove("security");
          }
          for (int index : inherited(contract, operation, parameters)) {
            operation.withArray("parameters").add(parameters.get(index));
          }
        }
      }
    }
    return contract;
  }

  private static JsonNode removed(JsonNode node, String key) {
    JsonNode value = node.path(key);
    ((ObjectNode) node).remove(key);
    return value;
  }

  private static void inherit(ObjectNode operation, String key, JsonNode value) {
    if (!value.isMissingNode() && !operation.has(key)) {
      operation.set(key, value);
    }
  }

  /** Returns the indexes of the parameters of a path that the operation does not override. */
  private static List<Integer> inherited(
      JsonNode document, JsonNode operation, JsonNode parameters) {
    List<String> own =
        operation
            .path("parameters")
            .valueStream()
            .map(parameter -> Differences.parameterName(document, parameter))
            .toList();
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      if (!own.contains(Differences.parameterName(document, parameters.get(i)))) {
        indexes.add(i);
      }
    }
    return indexes;
  }

  /**
   * Converts a JSON pointer into the contract to a JSON pointer into the document from which the
   * contract was made.
   */
  static String place(JsonNode document, String pointer) {
    if (!document.at(pointer).isMissingNode()) {
      return pointer;
    }
    Matcher whole = WHOLE.matcher(pointer);
    if (whole.matches()) {
      return (whole.group(2).equals("/servers") ? whole.group(1) : "") + whole.group(2);
    }
    Matcher parameter = PARAMETER.matcher(pointer);
    return parameter.matches() ? placeOfParameter(document, parameter.toMatchResult()) : pointer;
  }

  private static String placeOfParameter(JsonNode document, MatchResult pointer) {
    JsonNode operation = document.at(pointer.group(1) + pointer.group(2));
    String list = pointer.group(1) + "/parameters";
    int index = Integer.parseInt(pointer.group(3)) - operation.path("parameters").size();
    int shared = inherited(document, operation, document.at(list)).get(index);
    return list + "/" + shared + pointer.group(4);
  }

  private static JsonNode binding(JsonNode node, boolean map) {
    if (node instanceof ArrayNode array) {
      ArrayNode kept = JSON.arrayNode();
      array.forEach(item -> kept.add(binding(item, false)));
      return kept;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    ObjectNode kept = JSON.objectNode();
    object.forEachEntry(
        (key, value) -> {
          if (map) {
            kept.set(key, binding(value, false));
          } else if (AS_IT_IS.contains(key)) {
            kept.set(key, value);
          } else if (key.equals("scopes")) {
            // The value of each scope is a description, which is editorial.
            ObjectNode scopes = kept.putObject(key);
            value.propertyNames().forEach(scope -> scopes.put(scope, ""));
          } else if (!EDITORIAL.contains(key) && !isDefault(object, key)) {
            kept.set(key, binding(value, Site.MAPS.contains(key)));
          }
        });
    boolean wrapper = !map && kept.size() == 1 && kept.path("allOf").size() == 1;
    return wrapper ? kept.get("allOf").get(0) : kept;
  }

  private static boolean isDefault(ObjectNode object, String key) {
    JsonNode value = object.get(key);
    if (FALSE_BY_DEFAULT.contains(key)) {
      return value.isBoolean() && !value.asBoolean();
    } else if (ZERO_BY_DEFAULT.contains(key)) {
      return value.isNumber() && value.asDouble() == 0;
    }
    return switch (key) {
      // If a schema has no properties, additionalProperties makes the schema a map. A map is
      // another type in generated code.
      case "additionalProperties" ->
          object.has("properties") && (value.isObject() ? value.isEmpty() : value.asBoolean(false));
      case "style" -> value.asString("").equals(usualStyle(object));
      case "explode" -> value.asBoolean(false) == style(object).equals("form");
      default -> false;
    };
  }

  private static String style(ObjectNode parameter) {
    return parameter.path("style").asString(usualStyle(parameter));
  }

  /** Returns the default {@code style} of a parameter or a header. A header has no {@code in}. */
  private static String usualStyle(ObjectNode parameter) {
    return Set.of("query", "cookie").contains(parameter.path("in").asString(""))
        ? "form"
        : "simple";
  }
}
