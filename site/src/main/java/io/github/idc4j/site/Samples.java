package io.github.idc4j.site;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Provides code samples that send the request of an operation.
 *
 * <p>The Java samples are written by hand because they use the client. The samples in other
 * languages are generated from the examples in the OpenAPI document. If a sample needs an ID token,
 * it reads the environment variable {@code IDC4J_TOKEN}. If a generated sample needs a page token,
 * it reads {@code NEXT_PAGE}.
 */
final class Samples {

  static final String SERVER = "http://127.0.0.1:8080/v1";

  /** Optional parameters that the generated samples send. */
  private static final Set<String> SHOWN = Set.of("GCS_URL", "page_size");

  private static final ObjectWriter JSON =
      JsonMapper.shared()
          .writer()
          .with(
              new DefaultPrettyPrinter(
                  Separators.createDefaultInstance()
                      .withObjectNameValueSpacing(Separators.Spacing.AFTER)));

  private final Path folder;

  /**
   * Creates the samples.
   *
   * @param folder the folder with the templates and the Java programs
   */
  Samples(Path folder) {
    this.folder = folder;
  }

  /** A code sample in one language. */
  record Sample(String language, String label, String source) {}

  /** A query key with an example value. */
  record Key(String name, String value) {}

  List<Sample> of(JsonNode document, String path, String method, ObjectNode operation)
      throws IOException {
    String id = operation.get("operationId").asString();
    Map<String, Object> request = request(document, path, method, operation);
    return List.of(
        new Sample("Shell", "curl", made("curl.mustache", request)),
        new Sample("Java", "Java", written(id)),
        new Sample("Python", "Python", made("python.mustache", request)),
        new Sample("TypeScript", "TypeScript", made("typescript.mustache", request)));
  }

  private String written(String operation) throws IOException {
    Path program = folder.resolve(operation + ".java");
    if (Files.notExists(program)) {
      throw new IOException(operation + " has no sample in Java: write " + program);
    }
    return Files.readString(program).strip();
  }

  private String made(String template, Map<String, Object> request) throws IOException {
    return Mustache.compiler()
        .escapeHTML(false)
        .compile(Files.readString(folder.resolve(template)))
        .execute(request)
        .strip();
  }

  private static Map<String, Object> request(
      JsonNode document, String path, String method, ObjectNode operation) {
    String address = SERVER + path;
    List<Key> keys = new ArrayList<>();
    boolean nextPage = false;
    for (JsonNode unresolved : operation.path("parameters").values()) {
      JsonNode parameter = resolved(document, unresolved);
      String name = parameter.get("name").asString();
      String example = parameter.get("example").asString();
      if (parameter.get("in").asString().equals("path")) {
        address = address.replace("{" + name + "}", example);
      } else if (name.equals("next_page")) {
        nextPage = true;
      } else if (SHOWN.contains(name)) {
        keys.add(new Key(name, example));
      }
    }
    Map<String, Object> request = new HashMap<>();
    request.put("method", method);
    request.put("plain", method.equals("GET"));
    request.put("url", address);
    request.put("keys", keys);
    request.put(
        "query",
        keys.stream().map(k -> k.name() + "=" + k.value()).collect(Collectors.joining("&")));
    request.put("query?", !keys.isEmpty());
    request.put("params", nextPage || !keys.isEmpty());
    request.put("nextPage", nextPage);
    boolean signedIn = operation.path("security").valueStream().anyMatch(s -> !s.isEmpty());
    boolean anonymous = operation.path("security").valueStream().anyMatch(JsonNode::isEmpty);
    request.put("token", signedIn && !anonymous);
    body(document, operation).ifPresent(body -> putBody(request, body));
    request.putIfAbsent("body", false);
    return request;
  }

  private static void putBody(Map<String, Object> request, JsonNode body) {
    String json = JSON.writeValueAsString(body);
    request.put("body", Map.of("json", json, "indented", json.replace("\n", "\n    ")));
  }

  private static Optional<JsonNode> body(JsonNode document, ObjectNode operation) {
    return operation
        .at("/requestBody/content/application~1json/examples")
        .valueStream()
        .map(example -> resolved(document, example).get("value"))
        .findFirst();
  }

  static JsonNode resolved(JsonNode document, JsonNode node) {
    JsonNode reference = node.get("$ref");
    return reference == null ? node : document.at(reference.asString().substring(1));
  }
}
