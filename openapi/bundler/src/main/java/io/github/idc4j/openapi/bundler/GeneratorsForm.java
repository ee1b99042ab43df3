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
 * Loosens a document where code generators fail on it:
 *
 * <ul>
 *   <li>{@code Filters} becomes a map, because in many languages a class of 699 lists does not
 *       compile, or sends an empty list for each attribute that is not set.
 *   <li>The 200 and 202 responses of a tag get one schema, which requires only {@code code},
 *       because most generated clients decode every success with the schema of the 200.
 *   <li>404 and 405, which are HTML, are left out, and 410 and the other errors have one schema,
 *       because some generators accept only one type of error.
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

  /** Returns the loosened document; the given one stays as it is. */
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

  /** Joins the schemas of the successes; the 200 come first, as their properties are wider. */
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

  /** Removes the components to which nothing refers any more. */
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
