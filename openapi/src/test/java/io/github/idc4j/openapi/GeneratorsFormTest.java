package io.github.idc4j.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.dialect.Dialects;
import io.github.idc4j.openapi.IdcOpenApi.Form;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The form for code generators is the contract, except for the stated loosening. */
class GeneratorsFormTest {

  private static final JsonNode BUNDLED = SchemaSamples.BUNDLED;
  private static final JsonNode LOOSE = SchemaSamples.json(Form.GENERATORS);

  /** Undoes the stated loosening; the rest must be the same. */
  @Test
  void theGeneratorsFormDiffersOnlyAsStated() {
    ObjectNode strict = (ObjectNode) LOOSE.deepCopy();
    ObjectNode schemas = (ObjectNode) strict.at("/components/schemas");
    assertThat(schemas.propertyNames())
        .as("schemas that only this form has")
        .filteredOn(name -> !BUNDLED.at("/components/schemas").has(name))
        .containsExactlyInAnyOrder("ManifestResponse", "QueryResponse", "DicomMetadataResponse");
    for (String name : List.of("ManifestResponse", "QueryResponse", "DicomMetadataResponse")) {
      schemas.remove(name);
    }
    successes(LOOSE)
        .forEach(
            pointer -> ((ObjectNode) strict.at(pointer.head())).set("schema", BUNDLED.at(pointer)));
    String gone = "/components/responses/Gone";
    ((ObjectNode) strict.at(gone)).set("content", BUNDLED.at(gone + "/content"));
    restoreHtmlErrors(strict);
    for (String name : List.of("Filters", "ApiError")) {
      schemas.set(name, BUNDLED.at("/components/schemas/" + name));
    }
    for (String kind : List.of("responses", "schemas", "examples")) {
      ObjectNode components = (ObjectNode) strict.at("/components/" + kind);
      BUNDLED.at("/components/" + kind).forEachEntry(components::putIfAbsent);
    }

    assertThat(strict).isEqualTo(BUNDLED);
  }

  private static void restoreHtmlErrors(ObjectNode document) {
    BUNDLED
        .get("paths")
        .forEachEntry(
            (path, item) ->
                item.forEachEntry(
                    (method, operation) -> {
                      ObjectNode responses =
                          (ObjectNode) document.get("paths").get(path).get(method).get("responses");
                      for (String status : List.of("404", "405")) {
                        JsonNode html = operation.get("responses").get(status);
                        assertThat(responses.has(status)).as("%s %s", method, path).isFalse();
                        if (html != null) {
                          assertThat(
                                  BUNDLED.at(at(html.get("$ref"))).get("content").propertyNames())
                              .containsExactly("text/html");
                          responses.set(status, html);
                        }
                      }
                    }));
  }

  private static JsonPointer at(JsonNode reference) {
    return JsonPointer.compile(reference.asString().substring(1));
  }

  @Test
  void theGeneratorsFormHasOneSchemaForThePagesAndTheAccepted() {
    Map<String, Set<String>> schemas = new TreeMap<>();
    for (JsonPointer pointer : successes(LOOSE)) {
      schemas
          .computeIfAbsent(LOOSE.at(pointer).get("$ref").asString(), name -> new TreeSet<>())
          .add(BUNDLED.at(pointer).get("$ref").asString().replaceAll(".*/", ""));
    }
    assertThat(schemas)
        .containsOnly(
            Map.entry(
                "#/components/schemas/ManifestResponse",
                Set.of("ManifestAccepted", "ManifestFirstPage", "ManifestPage")),
            Map.entry(
                "#/components/schemas/QueryResponse",
                Set.of("QueryAccepted", "QueryFirstPage", "QueryPage")),
            Map.entry(
                "#/components/schemas/DicomMetadataResponse",
                Set.of("QueryAccepted", "DicomMetadataFirstPage", "DicomMetadataPage")));
  }

  /** What the contract allows is allowed in the form that is less strict. */
  @TestFactory
  Stream<DynamicTest> theGeneratorsFormAcceptsWhatTheContractAccepts() {
    return Stream.concat(
            successes(BUNDLED).stream().map(JsonPointer::toString),
            Stream.of(
                "/components/schemas/Filters",
                "/components/schemas/ApiError",
                "/components/responses/Gone/content/application~1json/schema"))
        .map(
            pointer ->
                DynamicTest.dynamicTest(
                    pointer,
                    () -> {
                      Schema strict =
                          SchemaSamples.schema(BUNDLED, pointer, Dialects.getOpenApi30());
                      Schema loose = SchemaSamples.schema(LOOSE, pointer, Dialects.getOpenApi30());
                      JsonNode named = target(BUNDLED.at(pointer));
                      List<JsonNode> valid =
                          SchemaSamples.values(named).stream()
                              .filter(value -> SchemaSamples.accepts(strict, value))
                              .toList();
                      assertThat(valid)
                          .isNotEmpty()
                          .allSatisfy(
                              value ->
                                  assertThat(SchemaSamples.accepts(loose, value))
                                      .as("%s", value)
                                      .isTrue());
                    }));
  }

  private static JsonNode target(JsonNode node) {
    return node.has("$ref") ? BUNDLED.at(at(node.get("$ref"))) : node;
  }

  /** The pointers of the schemas of the 200 and 202 responses of the operations that have both. */
  private static List<JsonPointer> successes(JsonNode document) {
    Set<JsonPointer> found = new LinkedHashSet<>();
    document
        .get("paths")
        .forEachEntry(
            (path, item) ->
                item.forEachEntry(
                    (method, operation) -> {
                      JsonNode responses = operation.path("responses");
                      if (!responses.has("202")) {
                        return;
                      }
                      JsonPointer all =
                          JsonPointer.empty()
                              .appendProperty("paths")
                              .appendProperty(path)
                              .appendProperty(method)
                              .appendProperty("responses");
                      for (String status : List.of("200", "202")) {
                        JsonNode response = responses.get(status);
                        JsonPointer place =
                            response.has("$ref")
                                ? at(response.get("$ref"))
                                : all.appendProperty(status);
                        found.add(
                            place
                                .appendProperty("content")
                                .appendProperty("application/json")
                                .appendProperty("schema"));
                      }
                    }));
    return List.copyOf(found);
  }
}
