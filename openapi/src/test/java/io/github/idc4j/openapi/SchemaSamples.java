package io.github.idc4j.openapi;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import io.github.idc4j.openapi.IdcOpenApi.Form;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The forms, their schemas, and values that a schema may accept or refuse. */
final class SchemaSamples {

  private static final JsonMapper JSON = JsonMapper.shared();

  static final JsonNode BUNDLED = json(Form.BUNDLED);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SchemaSamples() {}

  static JsonNode json(Form form) {
    URL url = IdcOpenApi.specJson(form);
    try (InputStream json = url.openStream()) {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean accepts(Schema schema, JsonNode value) {
    return schema.validate(JSON.writeValueAsString(value), InputFormat.JSON).isEmpty();
  }

  static Schema schema(JsonNode document, String pointer, Dialect dialect) {
    ObjectNode root = NODES.objectNode();
    root.setAll((ObjectNode) document.at(pointer));
    root.set("components", document.get("components"));
    return SchemaRegistry.withDialect(
            dialect,
            // In 3.1, formats are validated only if this is set.
            builder ->
                builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()))
        .getSchema(
            SchemaLocation.of("urn:schema"), JSON.writeValueAsString(root), InputFormat.JSON);
  }

  /** Values of every type, an example of the schema, and that with each part of it changed. */
  static List<JsonNode> values(JsonNode schema) {
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
}
