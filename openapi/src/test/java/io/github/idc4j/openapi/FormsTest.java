package io.github.idc4j.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import io.github.idc4j.openapi.IdcOpenApi.Form;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** All forms describe the same contract, and have its version and fingerprint. */
class FormsTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonNode BUNDLED = json(Form.BUNDLED);
  private static final JsonNode NEW = json(Form.OPENAPI_3_1);
  private static final JsonNode LOOSE = json(Form.GENERATORS);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @ParameterizedTest
  @EnumSource
  void carriesVersionAndFingerprint(Form form) throws Exception {
    JsonNode info = json(form).get("info");
    assertThat(info.get("version").asString()).isEqualTo(IdcOpenApi.version());
    assertThat(info.get("x-sha256").asString()).isEqualTo(IdcOpenApi.sha256());
  }

  @Test
  void theFingerprintIsTheOneThatTheReadmeDescribes() throws Exception {
    ObjectNode document = (ObjectNode) BUNDLED.deepCopy();
    ((ObjectNode) document.get("info")).remove("x-sha256");
    byte[] text = JSON.writeValueAsString(sorted(document)).getBytes(StandardCharsets.UTF_8);

    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text)))
        .isEqualTo(IdcOpenApi.sha256());
  }

  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      Map<String, JsonNode> members = new TreeMap<>();
      object.forEachEntry((key, value) -> members.put(key, sorted(value)));
      return NODES.objectNode().setAll(members);
    }
    if (node instanceof ArrayNode array) {
      ArrayNode items = NODES.arrayNode();
      array.forEach(item -> items.add(sorted(item)));
      return items;
    }
    return node;
  }

  @ParameterizedTest
  @EnumSource
  void yamlAndJsonAreTheSameDocument(Form form) throws IOException {
    try (InputStream yaml = IdcOpenApi.specYaml(form).openStream()) {
      // Through text, as YAML and JSON numbers may differ in their Java type.
      assertThat(JSON.readTree(JSON.writeValueAsString(new YAMLMapper().readTree(yaml))))
          .isEqualTo(json(form));
    }
  }

  @Test
  void theDereferencedFormHasInPlaceWhatReferencesPointTo() {
    JsonNode dereferenced = json(Form.DEREFERENCED);
    assertSame("/paths", BUNDLED.get("paths"), dereferenced.get("paths"));
    for (String kept : List.of("openapi", "info", "servers", "tags", "externalDocs")) {
      assertThat(dereferenced.get(kept)).as(kept).isEqualTo(BUNDLED.get(kept));
    }
    assertThat(dereferenced.get("components").propertyNames()).containsExactly("securitySchemes");
    assertThat(dereferenced.at("/components/securitySchemes"))
        .isEqualTo(BUNDLED.at("/components/securitySchemes"));
  }

  /** Walks both at once, and follows the references of the first only. */
  private static void assertSame(String place, JsonNode bundled, JsonNode dereferenced) {
    JsonNode reference = bundled.get("$ref");
    if (reference != null) {
      JsonNode target = BUNDLED.at(JsonPointer.compile(reference.asString().substring(1)));
      assertSame(place, target, dereferenced);
      return;
    }
    assertThat(dereferenced.size()).as(place).isEqualTo(bundled.size());
    if (bundled instanceof ObjectNode object) {
      assertThat(dereferenced.propertyNames()).as(place).isEqualTo(object.propertyNames());
      object.forEachEntry(
          (key, value) -> assertSame(place + "/" + key, value, dereferenced.get(key)));
    } else if (bundled.isArray()) {
      for (int i = 0; i < bundled.size(); i++) {
        assertSame(place + "/" + i, bundled.get(i), dereferenced.get(i));
      }
    } else {
      assertThat(dereferenced).as(place).isEqualTo(bundled);
    }
  }

  @Test
  void theNewerFormIsTheBundledOneInOtherWords() {
    assertThat(NEW.get("openapi").asString()).isEqualTo("3.1.0");
    assertThat(NEW.toString()).contains(",\"null\"]").doesNotContain("\"nullable\":");

    ObjectNode older = (ObjectNode) inOldWords(NEW);
    older.set("openapi", BUNDLED.get("openapi"));

    assertThat(older).isEqualTo(BUNDLED);
  }

  /** Says a document of OpenAPI 3.1 in the words of 3.0. */
  private static JsonNode inOldWords(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode items = NODES.arrayNode();
      array.forEach(item -> items.add(inOldWords(item)));
      return items;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    ObjectNode older = NODES.objectNode();
    object.forEachEntry(
        (key, value) -> {
          if (key.equals("value") || key.equals("example")) {
            older.set(key, value);
          } else if (key.equals("type") && value.isArray()) {
            assertThat(value.size()).isEqualTo(2);
            assertThat(value.get(1).asString()).isEqualTo("null");
            older.set(key, value.get(0));
            older.put("nullable", true);
          } else if (key.equals("examples") && value.isArray()) {
            assertThat(value.size()).isEqualTo(1);
            older.set("example", value.get(0));
          } else {
            older.set(key, inOldWords(value));
          }
        });
    return older;
  }

  @TestFactory
  Stream<DynamicTest> theNewerSchemasJudgeAlike() {
    return schemas("", BUNDLED)
        .map(
            pointer ->
                DynamicTest.dynamicTest(
                    pointer,
                    () -> {
                      Schema old = schema(BUNDLED, pointer, Dialects.getOpenApi30());
                      Schema newer = schema(NEW, pointer, Dialects.getOpenApi31());
                      Set<Boolean> verdicts = new LinkedHashSet<>();
                      for (JsonNode value : values(BUNDLED.at(pointer))) {
                        String text = JSON.writeValueAsString(value);
                        boolean valid = old.validate(text, InputFormat.JSON).isEmpty();
                        assertThat(newer.validate(text, InputFormat.JSON).isEmpty())
                            .as("%s", text)
                            .isEqualTo(valid);
                        verdicts.add(valid);
                      }
                      assertThat(verdicts).as("verdicts on values of %s", pointer).hasSize(2);
                    }));
  }

  /** The pointers of all schemas that are named, or stand where they are used. */
  private static Stream<String> schemas(String place, JsonNode node) {
    return node.propertyStream()
        .flatMap(
            member -> {
              String pointer = place + "/" + member.getKey().replace("~", "~0").replace("/", "~1");
              return switch (member.getKey()) {
                case "schema" ->
                    Stream.of(pointer).filter(schema -> !member.getValue().has("$ref"));
                case "schemas" ->
                    member.getValue().propertyNames().stream().map(name -> pointer + "/" + name);
                case "example", "examples" -> Stream.empty();
                default ->
                    Stream.concat(
                        schemas(pointer, member.getValue()), ofItems(pointer, member.getValue()));
              };
            });
  }

  private static Stream<String> ofItems(String place, JsonNode node) {
    return Stream.iterate(0, i -> i < node.size(), i -> i + 1)
        .filter(i -> node.isArray())
        .flatMap(i -> schemas(place + "/" + i, node.get(i)));
  }

  private static Schema schema(JsonNode document, String pointer, Dialect dialect) {
    ObjectNode root = NODES.objectNode();
    root.setAll((ObjectNode) document.at(pointer));
    root.set("components", document.get("components"));
    return SchemaRegistry.withDialect(
            dialect,
            // In 3.1 a format is asked only where this is said.
            builder ->
                builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()))
        .getSchema(
            SchemaLocation.of("urn:schema"), JSON.writeValueAsString(root), InputFormat.JSON);
  }

  /** Values of every type, an example of the schema, and that with each part of it changed. */
  private static List<JsonNode> values(JsonNode schema) {
    List<JsonNode> values = new ArrayList<>(kinds());
    JsonNode example = example(schema);
    values.add(example);
    if (example.isObject()) {
      change(example, schema, "", values);
    }
    return values;
  }

  private static List<JsonNode> kinds() {
    return List.of(
        NODES.nullNode(),
        NODES.stringNode(""),
        NODES.stringNode("text"),
        NODES.numberNode(-1),
        NODES.numberNode(7),
        NODES.numberNode(1.5),
        NODES.booleanNode(true),
        NODES.arrayNode(),
        NODES.arrayNode().addNull().add("text").add(1),
        NODES.objectNode(),
        NODES.objectNode().put("name", 1));
  }

  /** Changes the parts that have no named schema, which a separate test covers. */
  private static void change(
      JsonNode whole, JsonNode schema, String pointer, List<JsonNode> values) {
    schema
        .path("properties")
        .forEachEntry(
            (name, part) -> {
              ObjectNode less = (ObjectNode) whole.deepCopy();
              ((ObjectNode) less.at(pointer)).remove(name);
              values.add(less);
              // Null and three kinds in turn, as Filters has a thousand members.
              for (int i : new int[] {0, values.size(), values.size() + 4, values.size() + 8}) {
                JsonNode kind = kinds().get(i % kinds().size());
                ObjectNode other = (ObjectNode) whole.deepCopy();
                ((ObjectNode) other.at(pointer)).set(name, kind);
                values.add(other);
              }
              if (whole.at(pointer + "/" + name).isObject()) {
                change(whole, part, pointer + "/" + name, values);
              }
            });
  }

  /** Makes a value of a schema: its example, or one of its parts. */
  private static JsonNode example(JsonNode schema) {
    if (schema.has("$ref")) {
      return example(BUNDLED.at(JsonPointer.compile(schema.get("$ref").asString().substring(1))));
    }
    if (schema.has("example")) {
      return schema.get("example");
    }
    return switch (schema.path("type").asString("")) {
      case "object" -> {
        ObjectNode object = NODES.objectNode();
        schema
            .path("required")
            .forEach(
                name ->
                    object.set(
                        name.asString(), example(schema.at("/properties/" + name.asString()))));
        yield object;
      }
      case "array" -> NODES.arrayNode().add(example(schema.get("items")));
      case "integer" -> NODES.numberNode(1);
      case "number" -> NODES.numberNode(1.5);
      case "boolean" -> NODES.booleanNode(true);
      default -> schema.has("enum") ? schema.get("enum").get(0) : NODES.stringNode("text");
    };
  }

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
                      Schema strict = schema(BUNDLED, pointer, Dialects.getOpenApi30());
                      Schema loose = schema(LOOSE, pointer, Dialects.getOpenApi30());
                      JsonNode named = target(BUNDLED.at(pointer));
                      List<JsonNode> valid =
                          values(named).stream().filter(value -> accepts(strict, value)).toList();
                      assertThat(valid)
                          .isNotEmpty()
                          .allSatisfy(
                              value -> assertThat(accepts(loose, value)).as("%s", value).isTrue());
                    }));
  }

  private static boolean accepts(Schema schema, JsonNode value) {
    return schema.validate(JSON.writeValueAsString(value), InputFormat.JSON).isEmpty();
  }

  private static JsonNode target(JsonNode node) {
    return node.has("$ref")
        ? BUNDLED.at(JsonPointer.compile(node.get("$ref").asString().substring(1)))
        : node;
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
                                ? JsonPointer.compile(response.get("$ref").asString().substring(1))
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

  @Test
  void theNpmPackageHasTheDocuments() throws IOException {
    Path folder = Path.of("target", "npm");
    JsonNode description = JSON.readTree(folder.resolve("package.json").toFile());

    assertThat(description.get("version").asString()).isEqualTo(IdcOpenApi.version());
    List<String> names =
        Stream.concat(
                Stream.of(Form.values())
                    .flatMap(
                        form -> Stream.of(IdcOpenApi.specJson(form), IdcOpenApi.specYaml(form))),
                Stream.of(
                    IdcOpenApi.workflows(),
                    IdcOpenApi.postmanCollection(),
                    IdcOpenApi.brunoCollection()))
            .map(url -> Path.of(url.getPath()).getFileName().toString())
            .toList();
    assertThat(description.get("files").valueStream().map(JsonNode::asString))
        .containsExactlyElementsOf(names);
    for (String name : names) {
      assertThat(folder.resolve(name))
          .hasSameBinaryContentAs(
              Path.of("target", "classes", "io", "github", "idc4j", "openapi", name));
      assertThat(description.at("/exports/." + "~1" + name).asString()).isEqualTo("./" + name);
    }
    assertThat(Files.readString(folder.resolve("README.md")))
        .contains("x-sha256", "next_page", "Generate a client")
        .doesNotContain("](../");
    assertThat(folder.resolve("LICENSE")).isNotEmptyFile();
  }

  private static JsonNode json(Form form) {
    URL url = IdcOpenApi.specJson(form);
    try (InputStream json = url.openStream()) {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
