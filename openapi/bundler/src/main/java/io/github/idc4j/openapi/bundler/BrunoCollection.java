package io.github.idc4j.openapi.bundler;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts the operations of an OpenAPI document to a collection for Bruno, an API client. A Bruno
 * collection is a folder. The result is a map from the path of each file in this folder to the
 * content of the file.
 */
final class BrunoCollection {

  private BrunoCollection() {}

  static Map<String, String> of(ObjectNode document) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        "bruno.json",
        JsonMapper.shared()
                .createObjectNode()
                .put("version", "1")
                .put("name", document.at("/info/title").asString())
                .put("type", "collection")
                .toPrettyString()
            + "\n");
    int folder = 0;
    for (JsonNode tag : document.get("tags")) {
      String name = tag.get("name").asString();
      files.put(name + "/folder.bru", block("meta", "name: " + name + "\nseq: " + ++folder + "\n"));
    }
    List<SampleRequest> requests = SampleRequest.of(document);
    int number = 0;
    for (SampleRequest request : requests) {
      files.put(request.tag() + "/" + request.name() + ".bru", file(request, ++number));
    }
    StringBuilder lines = new StringBuilder();
    SampleRequest.variables(document, requests)
        .forEach((name, value) -> lines.append(name + ": " + value + "\n"));
    files.put("collection.bru", block("vars:pre-request", lines.toString()));
    return files;
  }

  private static String file(SampleRequest request, int number) {
    StringBuilder file =
        new StringBuilder(
            block("meta", "name: " + request.name() + "\ntype: http\nseq: " + number + "\n"));
    StringBuilder query = new StringBuilder();
    for (SampleRequest.Key key : request.query()) {
      String line = key.name() + ": " + key.value() + "\n";
      query.append(key.enabled() ? line : "~" + line);
    }
    file.append(
        block(
            request.method().toLowerCase(Locale.ROOT),
            "url: "
                + request.url()
                + "\n"
                + "body: "
                + (request.body().isPresent() ? "json" : "none")
                + "\n"
                + "auth: "
                + (request.authorized() ? "bearer" : "none")
                + "\n"));
    if (!query.isEmpty()) {
      file.append(block("params:query", query.toString()));
    }
    if (request.authorized()) {
      file.append(block("auth:bearer", "token: {{" + SampleRequest.ID_TOKEN + "}}\n"));
    }
    request.body().ifPresent(body -> file.append(block("body:json", body.toPrettyString() + "\n")));
    if (!request.captures().isEmpty()) {
      StringBuilder script = new StringBuilder("const body = res.body;\n");
      for (SampleRequest.Capture capture : request.captures()) {
        script.append(
            "if (res.status === %s) bru.setVar(\"%s\", %s);\n"
                .formatted(capture.status(), capture.variable(), capture.expression()));
      }
      file.append(block("script:post-response", script.toString()));
    }
    return file.append(block("docs", request.description() + "\n")).toString();
  }

  private static String block(String name, String lines) {
    return name + " {\n" + lines.indent(2) + "}\n\n";
  }
}
