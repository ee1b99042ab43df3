package io.github.idc4j.site;

import io.github.idc4j.openapi.IdcOpenApi;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The document with code samples, and with the service of this machine first. */
final class Reference {

  private static final String BODY = "/requestBody/content/application~1json";
  private static final List<String> METHODS = List.of("get", "post", "delete");

  private final ObjectNode document;
  private final List<Operation> operations = new ArrayList<>();

  /** An operation, for lists and the search. */
  record Operation(
      String id, String method, String path, String tag, String summary, String description) {

    String title() {
      return method + " " + path;
    }

    /** The place of the operation in the page, as Scalar names it. */
    String url() {
      return "reference.html#tag/" + tag.toLowerCase(Locale.ROOT) + "/" + method + path;
    }
  }

  Reference(Samples samples) throws IOException {
    try (InputStream in = IdcOpenApi.specJson().openStream()) {
      document = (ObjectNode) JsonMapper.shared().readTree(in);
    }
    List<JsonNode> servers = new ArrayList<>(document.get("servers").values());
    Collections.reverse(servers);
    document.putArray("servers").addAll(servers);
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (String method : METHODS) {
        if (path.getValue().get(method) instanceof ObjectNode operation) {
          add(path.getKey(), method.toUpperCase(Locale.ROOT), operation, samples);
        }
      }
    }
  }

  private void add(String path, String method, ObjectNode operation, Samples samples)
      throws IOException {
    operations.add(
        new Operation(
            operation.get("operationId").asString(),
            method,
            path,
            operation.get("tags").get(0).asString(),
            operation.get("summary").asString(),
            operation.get("description").asString()));
    ArrayNode shown = operation.putArray("x-codeSamples");
    for (Samples.Sample sample : samples.of(document, path, method, operation)) {
      shown
          .addObject()
          .put("lang", sample.language())
          .put("label", sample.label())
          .put("source", sample.source());
    }
    if (operation.at(BODY) instanceof ObjectNode body) {
      renameExample(body);
    }
  }

  /** "Try it" has values for parameters only beside a body's example of this name. */
  private static void renameExample(ObjectNode body) {
    JsonNode example = body.get("examples").values().iterator().next();
    body.putObject("examples").set("default", example);
  }

  ObjectNode document() {
    return document;
  }

  List<Operation> operations() {
    return operations;
  }
}
