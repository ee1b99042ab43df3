package io.github.idc4j.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The bundled document: complete, described, true to the catalogue, and its examples valid. */
class SpecTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonNode SPEC = read(IdcOpenApi.specJson());
  private static final List<String> RANGE_SUFFIXES =
      List.of("_lt", "_lte", "_btw", "_ebtw", "_ebtwe", "_btwe", "_gte", "_gt");

  private record Operation(String path, String method, JsonNode node) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private record Example(String name, JsonNode schema, JsonNode value) {}

  @Test
  void hasTheOperationsOfTheContract() {
    assertThat(operations().map(Operation::toString))
        .containsExactlyInAnyOrder(
            "get /about",
            "get /versions",
            "get /collections",
            "get /analysis_results",
            "get /attributes",
            "get /users/account_details",
            "get /cohorts",
            "post /cohorts",
            "delete /cohorts",
            "delete /cohorts/{cohort_id}",
            "post /cohorts/manifest/preview",
            "get /cohorts/manifest/{cohort_id}",
            "get /cohorts/manifest/nextPage",
            "post /cohorts/query/preview",
            "post /cohorts/query/{cohort_id}",
            "get /cohorts/query/nextPage",
            "get /dicomMetadata",
            "get /dicomMetadata/nextPage");
  }

  /** Lint asks for most of it too; here it is asked where there is no Node. */
  @TestFactory
  Stream<DynamicTest> eachOperationIsDescribedWithExamples() {
    return operations()
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.toString(),
                    () -> {
                      JsonNode node = operation.node();
                      assertThat(node.path("operationId").asString("")).isNotEmpty();
                      assertThat(node.path("summary").asString("")).isNotEmpty();
                      assertThat(node.path("description").asString("")).isNotEmpty();
                      assertThat(node.has("security")).isTrue();
                      for (JsonNode response : node.path("responses")) {
                        for (JsonNode content : resolved(response).path("content")) {
                          assertThat(content.path("examples")).as("%s", response).isNotEmpty();
                        }
                      }
                      if (node.has("requestBody")) {
                        assertThat(node.at("/requestBody/content/application~1json/examples"))
                            .isNotEmpty();
                      }
                      for (JsonNode parameter : node.path("parameters")) {
                        JsonNode resolved = resolved(parameter);
                        assertThat(resolved.path("description").asString("")).isNotEmpty();
                        assertThat(resolved.has("example")).isTrue();
                      }
                    }));
  }

  /** Lint asks for it too; here it is asked where there is no Node, and of which operations. */
  @Test
  void eachRunningQueryMayBeAccepted() {
    List<String> paged =
        List.of(
            "getDicomMetadata",
            "getManifest",
            "getNextDicomMetadataPage",
            "getNextManifestPage",
            "getNextQueryPage",
            "previewManifest",
            "previewQuery",
            "queryCohort");
    assertThat(operationsThat(operation -> parameterNames(operation).contains("page_size")))
        .containsExactlyInAnyOrderElementsOf(paged);
    assertThat(operationsThat(operation -> operation.node().at("/responses").has("202")))
        .containsExactlyInAnyOrderElementsOf(paged);
  }

  /** A mock returns the first example, so a walk against it ends. */
  @Test
  void theFirstExampleOfANextPageIsTheLastPage() {
    for (String path :
        List.of(
            "/cohorts/manifest/nextPage", "/cohorts/query/nextPage", "/dicomMetadata/nextPage")) {
      JsonNode examples =
          SPEC.get("paths").get(path).at("/get/responses/200/content/application~1json/examples");
      String reference = examples.iterator().next().get("$ref").asString();
      JsonNode page = SPEC.at(JsonPointer.compile(reference.substring(1))).get("value");
      assertThat(page.get("next_page").asString()).as(path).isEmpty();
    }
  }

  @Test
  void someGetsOfARetiredServiceAreToldSo() {
    assertThat(operationsThat(operation -> operation.node().at("/responses").has("410")))
        .containsExactlyInAnyOrder(
            "getAbout",
            "getNextManifestPage",
            "listAnalysisResults",
            "listAttributes",
            "listCohorts",
            "listCollections",
            "listVersions");
  }

  @Test
  void filesLieInTheFolderOfTheirSeries() {
    String uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    List<String> addresses =
        Pattern.compile("\"(gs://[^\"]+)\"")
            .matcher(SPEC.toString())
            .results()
            .map(address -> address.group(1))
            .toList();

    assertThat(addresses)
        .isNotEmpty()
        .allMatch(address -> address.matches("gs://[^/]+/" + uuid + "/" + uuid + "\\.dcm"));
  }

  @Test
  void filtersAreTheFormsOfTheCatalogueAndNoOthers() {
    JsonNode filters = SPEC.at("/components/schemas/Filters");
    Set<String> expected = new TreeSet<>();
    for (CSVRecord attribute : table(IdcOpenApi.attributes())) {
      if (attribute.get("filter").equals("yes")) {
        expected.add(attribute.get("name"));
        if (attribute.get("value_type").equals("number")) {
          RANGE_SUFFIXES.forEach(suffix -> expected.add(attribute.get("name") + suffix));
        }
      }
    }
    assertThat(expected).hasSize(699);
    assertThat(filters.path("properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(filters.path("additionalProperties").asBoolean(true)).isFalse();
  }

  @Test
  void columnsAndFieldsAreThoseOfTheContract() {
    assertThat(SPEC.at("/components/schemas/QueryField/enum")).hasSize(49);
    assertThat(SPEC.at("/components/schemas/DicomMetadataRow/properties")).hasSize(70);
    assertThat(SPEC.at("/components/schemas/DicomMetadataRow/required")).hasSize(70);
    assertThat(SPEC.at("/components/schemas/ManifestRow/properties").propertyNames())
        .containsExactlyElementsOf(
            table(IdcOpenApi.manifestColumns()).stream().map(column -> column.get("key")).toList());
  }

  @Test
  void theTrueOfAColumnIsTheTextTrue() {
    operations()
        .filter(operation -> operation.path().matches("/cohorts/manifest/(preview|\\{cohort_id})"))
        .forEach(
            operation -> {
              List<JsonNode> columns = new ArrayList<>();
              for (JsonNode parameter : operation.node().path("parameters")) {
                if (parameter.path("in").asString("").equals("query")) {
                  columns.add(parameter);
                }
              }
              assertThat(columns).hasSize(10);
              assertThat(columns)
                  .allSatisfy(
                      column ->
                          assertThat(resolved(column.path("schema")).path("enum").toString())
                              .isEqualTo("[\"True\",\"False\"]"));
            });
  }

  @TestFactory
  Stream<DynamicTest> eachExampleIsValid() {
    SchemaRegistry registry =
        SchemaRegistry.withDialect(
            Dialects.getOpenApi30(),
            builder ->
                builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    List<Example> examples = new ArrayList<>();
    collect("", SPEC, examples);
    int written =
        SPEC.findValues("example").size()
            + SPEC.findValues("examples").stream().mapToInt(JsonNode::size).sum()
            - SPEC.at("/components/examples").size();
    assertThat(examples).hasSize(written);
    return examples.stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.name(),
                    () -> {
                      List<Error> errors = validate(registry, example);
                      assertThat(errors).as("%s", example.value()).isEmpty();
                    }));
  }

  /** A schema alone, with the document's components beside it for its references. */
  private static List<Error> validate(SchemaRegistry registry, Example example) {
    ObjectNode schema = JSON.createObjectNode();
    if (example.schema().has("$ref")) {
      schema.set("$ref", example.schema().get("$ref"));
    } else {
      schema.setAll((ObjectNode) example.schema());
    }
    schema.set("components", SPEC.path("components"));
    Schema compiled =
        registry.getSchema(
            SchemaLocation.of("urn:example"), JSON.writeValueAsString(schema), InputFormat.JSON);
    return compiled.validate(JSON.writeValueAsString(example.value()), InputFormat.JSON);
  }

  private static void collect(String pointer, JsonNode node, List<Example> examples) {
    if (node.isObject()) {
      boolean isSchema = node.has("type") && node.has("description");
      if (node.has("schema") && (node.has("example") || node.has("examples"))) {
        if (node.has("example")) {
          examples.add(new Example(pointer, node.get("schema"), node.get("example")));
        }
        for (Map.Entry<String, JsonNode> entry : node.path("examples").properties()) {
          examples.add(
              new Example(
                  pointer + "/" + entry.getKey(),
                  node.get("schema"),
                  resolved(entry.getValue()).get("value")));
        }
      } else if (isSchema && node.has("example")) {
        examples.add(new Example(pointer, node, node.get("example")));
      }
      node.forEachEntry(
          (key, value) -> {
            if (!key.equals("example") && !key.equals("value")) {
              collect(pointer + "/" + key, value, examples);
            }
          });
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(pointer + "/" + i, node.get(i), examples);
      }
    }
  }

  private static Stream<Operation> operations() {
    return SPEC.path("paths").properties().stream()
        .flatMap(
            path ->
                path.getValue().properties().stream()
                    .map(entry -> new Operation(path.getKey(), entry.getKey(), entry.getValue())));
  }

  private static List<String> operationsThat(Predicate<Operation> is) {
    return operations().filter(is).map(one -> one.node().path("operationId").asString()).toList();
  }

  private static List<String> parameterNames(Operation operation) {
    List<String> names = new ArrayList<>();
    for (JsonNode parameter : operation.node().path("parameters")) {
      names.add(resolved(parameter).path("name").asString());
    }
    return names;
  }

  private static JsonNode resolved(JsonNode node) {
    JsonNode reference = node.get("$ref");
    return reference == null ? node : SPEC.at(reference.asString().substring(1));
  }

  private static List<CSVRecord> table(URL url) {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = new InputStreamReader(url.openStream(), StandardCharsets.UTF_8)) {
      return format.parse(reader).getRecords();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(URL url) {
    try (InputStream stream = url.openStream()) {
      return JSON.readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
