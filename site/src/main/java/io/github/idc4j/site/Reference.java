package io.github.idc4j.site;

import io.github.idc4j.openapi.IdcOpenApi;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prepares the OpenAPI document for the API reference of the site. Adds code samples, and moves the
 * server on the local host to the front of the list of servers.
 */
final class Reference {

  private static final String BODY = "/requestBody/content/application~1json";
  private static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final String PAGE = "reference.html#";

  private final ObjectNode document;
  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  /** An operation, for lists of operations and for the search. */
  record Operation(
      String id, String method, String path, String tag, String summary, String description) {

    String title() {
      return method + " " + path;
    }

    /**
     * Returns the URL of the operation in the reference. Scalar, which renders the reference,
     * determines the format of the anchor.
     */
    String url() {
      return PAGE + "tag/" + tag.toLowerCase(Locale.ROOT) + "/" + method + path;
    }
  }

  /**
   * A parameter, for the search.
   *
   * @param url the URL of the parameter in the reference, at the first operation with this
   *     parameter
   */
  record Parameter(String name, String description, String url) {}

  /** A schema, for the search. */
  record Schema(String name, String description, List<String> properties) {

    /**
     * Returns the URL of the schema in the reference. Scalar, which renders the reference,
     * determines the format of the anchor.
     */
    String url() {
      return PAGE + "models/" + name;
    }
  }

  Reference(Samples samples) throws IOException {
    this(bundled(), samples);
  }

  Reference(ObjectNode document, Samples samples) throws IOException {
    this.document = document;
    document.set("servers", servers(document.get("servers")));
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (String method : METHODS) {
        if (path.getValue().get(method) instanceof ObjectNode operation) {
          add(path.getKey(), method.toUpperCase(Locale.ROOT), operation, samples);
        }
      }
    }
  }

  private static ObjectNode bundled() throws IOException {
    try (InputStream in = IdcOpenApi.specJson().openStream()) {
      return (ObjectNode) JsonMapper.shared().readTree(in);
    }
  }

  /**
   * Returns the servers, with the local service first. The "Try it" form uses the first server in
   * the list. The user enters the port that the local service listens on.
   */
  private static ArrayNode servers(JsonNode published) {
    ArrayNode servers = JsonMapper.shared().createArrayNode();
    for (JsonNode server : published.values()) {
      if (server.get("url").asString().equals(Samples.SERVER)) {
        ObjectNode local =
            ((ObjectNode) server).put("url", Samples.SERVER.replace(":8080", ":{port}"));
        local
            .putObject("variables")
            .putObject("port")
            .put("default", "8080")
            .put("description", "Port of ./idc4j serve.");
        servers.insert(0, local);
      } else {
        servers.add(server);
      }
    }
    return servers;
  }

  private void add(String path, String method, ObjectNode node, Samples samples)
      throws IOException {
    Operation operation =
        new Operation(
            node.get("operationId").asString(),
            method,
            path,
            node.get("tags").get(0).asString(),
            node.get("summary").asString(),
            node.get("description").asString());
    operations.add(operation);
    for (JsonNode unresolved : node.path("parameters").values()) {
      JsonNode parameter = Samples.resolved(document, unresolved);
      String name = parameter.get("name").asString();
      dropExampleOfSchema((ObjectNode) parameter);
      parameters.putIfAbsent(
          name,
          new Parameter(
              name,
              parameter.get("description").asString(),
              operation.url() + "." + parameter.get("in").asString() + "." + name));
    }
    ArrayNode shown = node.putArray("x-codeSamples");
    for (Samples.Sample sample : samples.of(document, path, method, node)) {
      shown
          .addObject()
          .put("lang", sample.language())
          .put("label", sample.label())
          .put("source", sample.source());
    }
    if (node.at(BODY) instanceof ObjectNode body) {
      renameFirstExample(body);
    }
  }

  /**
   * Removes the example from the schema of a parameter, unless the schema is an enum. With this
   * example, the "Try it" form would show a menu of examples instead of an input field.
   */
  private void dropExampleOfSchema(ObjectNode parameter) {
    JsonNode schema = Samples.resolved(document, parameter.get("schema"));
    if (schema.has("example") && !schema.has("enum")) {
      ObjectNode plain = (ObjectNode) schema.deepCopy();
      plain.remove("example");
      parameter.set("schema", plain);
    }
  }

  /**
   * Renames the first example of a request body to {@code default}. The "Try it" form fills in the
   * parameters only if the request body has an example with this name.
   */
  private static void renameFirstExample(ObjectNode body) {
    JsonNode examples = body.get("examples");
    ObjectNode renamed = body.putObject("examples");
    examples.forEachEntry(
        (name, example) -> renamed.set(renamed.isEmpty() ? "default" : name, example));
  }

  ObjectNode document() {
    return document;
  }

  List<Operation> operations() {
    return operations;
  }

  /**
   * Returns the parameters of all operations. If several operations have a parameter with the same
   * name, the list contains only the first of these parameters.
   */
  List<Parameter> parameters() {
    return List.copyOf(parameters.values());
  }

  List<Schema> schemas() {
    List<Schema> schemas = new ArrayList<>();
    document
        .at("/components/schemas")
        .forEachEntry(
            (name, schema) ->
                schemas.add(
                    new Schema(
                        name,
                        schema.get("description").asString(),
                        List.copyOf(schema.path("properties").propertyNames()))));
    return schemas;
  }
}
