package io.github.idc4j.openapi.bundler;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts the operations of an OpenAPI document to a Postman collection, format version 2.1. */
final class PostmanCollection {

  private static final String SCHEMA =
      "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
  private static final JsonMapper JSON = JsonMapper.shared();

  private PostmanCollection() {}

  static ObjectNode of(ObjectNode document) {
    ObjectNode collection = JSON.createObjectNode();
    collection
        .putObject("info")
        .put("name", document.at("/info/title").asString())
        .put("description", document.at("/info/description").asString())
        .put("schema", SCHEMA);
    Map<String, ArrayNode> folders = new LinkedHashMap<>();
    List<SampleRequest> requests = SampleRequest.of(document);
    ArrayNode items = collection.putArray("item");
    for (SampleRequest request : requests) {
      folders
          .computeIfAbsent(
              request.tag(), tag -> items.addObject().put("name", tag).putArray("item"))
          .add(item(request));
    }
    ArrayNode variables = collection.putArray("variable");
    SampleRequest.variables(document, requests)
        .forEach((name, value) -> variables.addObject().put("key", name).put("value", value));
    return collection;
  }

  private static ObjectNode item(SampleRequest sample) {
    ObjectNode item = JSON.createObjectNode().put("name", sample.name());
    ObjectNode request =
        item.putObject("request")
            .put("method", sample.method())
            .put("description", sample.description());
    request.putArray("header");
    url(request.putObject("url"), sample);
    ObjectNode auth = request.putObject("auth");
    if (sample.authorized()) {
      auth.put("type", "bearer")
          .putArray("bearer")
          .addObject()
          .put("key", "token")
          .put("value", "{{" + SampleRequest.ID_TOKEN + "}}")
          .put("type", "string");
    } else {
      auth.put("type", "noauth");
    }
    sample.body().ifPresent(body -> request.set("body", body(body.toPrettyString())));
    script(sample).ifPresent(script -> item.putArray("event").add(script));
    return item;
  }

  private static void url(ObjectNode url, SampleRequest sample) {
    ArrayNode query = JSON.createArrayNode();
    for (SampleRequest.Key key : sample.query()) {
      ObjectNode entry =
          query
              .addObject()
              .put("key", key.name())
              .put("value", key.value())
              .put("description", key.description());
      if (!key.enabled()) {
        entry.put("disabled", true);
      }
    }
    url.put("raw", sample.url());
    url.putArray("host").add("{{" + SampleRequest.BASE_URL + "}}");
    ArrayNode path = url.putArray("path");
    for (String part : sample.path().substring(1).split("/")) {
      path.add(part);
    }
    url.set("query", query);
  }

  private static ObjectNode body(String json) {
    ObjectNode body = JSON.createObjectNode().put("mode", "raw").put("raw", json);
    body.putObject("options").putObject("raw").put("language", "json");
    return body;
  }

  private static Optional<ObjectNode> script(SampleRequest sample) {
    if (sample.captures().isEmpty()) {
      return Optional.empty();
    }
    ObjectNode event = JSON.createObjectNode().put("listen", "test");
    ArrayNode lines = event.putObject("script").put("type", "text/javascript").putArray("exec");
    lines.add("const body = pm.response.json();");
    for (SampleRequest.Capture capture : sample.captures()) {
      lines.add(
          "if (pm.response.code === %s) pm.collectionVariables.set(\"%s\", %s);"
              .formatted(capture.status(), capture.variable(), capture.expression()));
    }
    return Optional.of(event);
  }
}
