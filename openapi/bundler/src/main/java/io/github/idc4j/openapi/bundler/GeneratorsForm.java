package io.github.idc4j.openapi.bundler;

import static io.github.idc4j.openapi.bundler.References.target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Loosens the parts of an OpenAPI document that code generators cannot handle:
 *
 * <ul>
 *   <li>{@code Filters} becomes a map. If it were a class with 699 lists, the generated code in
 *       many languages would not compile, or would send an empty list for each attribute that is
 *       not set.
 *   <li>The 200 and 202 responses of all operations with the same tag share one schema, which
 *       requires only {@code code}. The reason is that most generated clients decode every success
 *       response with the schema of the 200 response.
 *   <li>The 404 and 405 responses, which are HTML, are removed. The 410 response and the other
 *       errors share one schema. The reason is that some generators accept only one type of error.
 * </ul>
 */
final class GeneratorsForm {

  private static final String SCHEMAS = "#/components/schemas/";
  private static final List<String> SUCCESSES = List.of("200", "202");
  private static final List<String> HTML = List.of("404", "405");

  private final ObjectNode document;

  private GeneratorsForm(ObjectNode document) {
    this.document = document;
  }

  /** Returns a loosened copy of the document. Does not change the given document. */
  static ObjectNode of(ObjectNode document) {
    GeneratorsForm form = new GeneratorsForm(document.deepCopy());
    form.loosenFilters();
    form.joinSuccesses();
    form.simplifyErrors();
    form.removeUnused("responses", "schemas", "examples");
    return form.document;
  }

  private void loosenFilters() {
    ObjectNode filters = (ObjectNode) document.at("/components/schemas/Filters");
    filters.remove("properties");
    ObjectNode values = filters.putObject("additionalProperties");
    values.put("type", "array").put("description", "Values of the attribute.").put("minItems", 1);
    values.putObject("items");
    filters.putObject("example").putArray("collection_id").add("tcga_luad");
  }

  private void joinSuccesses() {
    Map<String, List<ObjectNode>> byTag = new LinkedHashMap<>();
    for (JsonNode path : document.get("paths")) {
      for (JsonNode operation : path) {
        if (operation.path("responses").has("202")) {
          byTag
              .computeIfAbsent(operation.at("/tags/0").asString(), tag -> new ArrayList<>())
              .add((ObjectNode) operation.get("responses"));
        }
      }
    }
    byTag.forEach(
        (tag, responses) -> {
          String name = tag.substring(0, 1).toUpperCase(Locale.ROOT) + tag.substring(1);
          join(name + "Response", responses);
        });
  }

  /**
   * Merges the schemas of the 200 and 202 responses of several operations into one schema. If a
   * property is in several of these schemas, the 200 schemas take precedence because they allow
   * more values.
   */
  private void join(String name, List<ObjectNode> operations) {
    ObjectNode joined = ((ObjectNode) document.at("/components/schemas")).putObject(name);
    joined.put("type", "object").put("description", "A page, or a 202 without rows.");
    joined.putArray("required").add("code");
    ObjectNode properties = joined.putObject("properties");
    for (String status : SUCCESSES) {
      for (ObjectNode responses : operations) {
        ObjectNode holder =
            (ObjectNode) target(document, responses.get(status)).at("/content/application~1json");
        JsonNode schema = target(document, holder.get("schema"));
        schema.get("properties").forEachEntry(properties::putIfAbsent);
        holder.putObject("schema").put("$ref", SCHEMAS + name);
      }
    }
  }

  private void simplifyErrors() {
    for (JsonNode path : document.get("paths")) {
      for (JsonNode operation : path) {
        ((ObjectNode) operation.get("responses")).remove(HTML);
      }
    }
    JsonNode schemas = document.at("/components/schemas");
    schemas
        .at("/Retirement/properties")
        .forEachEntry(((ObjectNode) schemas.at("/ApiError/properties"))::putIfAbsent);
    ((ObjectNode) document.at("/components/responses/Gone/content/application~1json"))
        .putObject("schema")
        .put("$ref", SCHEMAS + "ApiError");
  }

  /**
   * Removes unused components of the given kinds. Repeats this until all components of these kinds
   * are used, because a removed component may have been the only user of another component.
   */
  private void removeUnused(String... kinds) {
    boolean removed = true;
    while (removed) {
      Set<String> used = Set.copyOf(document.findValuesAsString("$ref"));
      removed = false;
      for (String kind : kinds) {
        ObjectNode components = (ObjectNode) document.at("/components/" + kind);
        List<String> unused =
            components.propertyNames().stream()
                .filter(name -> !used.contains("#/components/" + kind + "/" + name))
                .toList();
        components.remove(unused);
        removed |= !unused.isEmpty();
      }
    }
  }
}
