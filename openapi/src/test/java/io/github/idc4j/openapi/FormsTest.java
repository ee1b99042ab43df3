package io.github.idc4j.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.dialect.Dialects;
import io.github.idc4j.openapi.IdcOpenApi.Form;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
  private static final JsonNode BUNDLED = SchemaSamples.BUNDLED;
  private static final JsonNode NEW = SchemaSamples.json(Form.OPENAPI_3_1);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @ParameterizedTest
  @EnumSource
  void carriesVersionAndFingerprint(Form form) throws Exception {
    JsonNode info = SchemaSamples.json(form).get("info");
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
          .isEqualTo(SchemaSamples.json(form));
    }
  }

  @Test
  void theDereferencedFormHasInPlaceWhatReferencesPointTo() {
    JsonNode dereferenced = SchemaSamples.json(Form.DEREFERENCED);
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
                      Schema old = SchemaSamples.schema(BUNDLED, pointer, Dialects.getOpenApi30());
                      Schema newer = SchemaSamples.schema(NEW, pointer, Dialects.getOpenApi31());
                      Set<Boolean> verdicts = new LinkedHashSet<>();
                      for (JsonNode value : SchemaSamples.values(BUNDLED.at(pointer))) {
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
}
