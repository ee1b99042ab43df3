package io.github.idc4j.openapi.bundler;

import static io.github.idc4j.openapi.bundler.References.target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request in a collection for API clients such as Postman. The values in the request come from
 * the examples of an operation.
 *
 * <p>Each required parameter is a variable, such as {@code manifest_next_page}. The {@code links}
 * in the spec define which responses set which variables.
 *
 * @param tag the tag of the operation, which is also the name of the folder of the request
 * @param path the path relative to the base URL, with {@code {{variable}}} in place of each path
 *     parameter
 * @param body the first example of the request body; empty if the operation has no request body
 * @param authorized whether the request needs an ID token
 * @param variables the initial values of the variables that the request uses, by variable name
 * @param captures the variables that the response sets
 */
record SampleRequest(
    String tag,
    String name,
    String description,
    String method,
    String path,
    List<Key> query,
    Optional<JsonNode> body,
    boolean authorized,
    Map<String, String> variables,
    List<Capture> captures) {

  /** Name of the variable for the base URL. */
  static final String BASE_URL = "baseUrl";

  /** Name of the variable for the ID token. The security scheme in the spec has the same name. */
  static final String ID_TOKEN = "idToken";

  /**
   * A query key, such as {@code page_size}.
   *
   * @param enabled whether the request sends the key; if not, users of the collection can enable
   *     the key
   */
  record Key(String name, String value, boolean enabled, String description) {}

  /**
   * A variable whose value comes from a response.
   *
   * @param status the status code of the response
   * @param expression a JavaScript expression for the value, in which {@code body} is the response
   *     body
   */
  record Capture(String status, String variable, String expression) {}

  /** Returns the URL with the enabled query keys. */
  String url() {
    return query.stream()
        .filter(Key::enabled)
        .map(key -> key.name() + "=" + key.value())
        .collect(Collectors.joining("&", "{{" + BASE_URL + "}}" + path + "?", ""))
        .replaceFirst("\\?$", "");
  }

  /** Returns the initial values of all variables in a collection, by variable name. */
  static Map<String, String> variables(ObjectNode document, List<SampleRequest> requests) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put(BASE_URL, document.at("/servers/0/url").asString());
    variables.put(ID_TOKEN, "");
    requests.forEach(request -> variables.putAll(request.variables()));
    return variables;
  }

  /** Returns one request for each operation, in the order of the tags in the document. */
  static List<SampleRequest> of(ObjectNode document) {
    List<SampleRequest> requests = new ArrayList<>();
    for (JsonNode tag : document.get("tags")) {
      document
          .get("paths")
          .forEachEntry(
              (path, methods) ->
                  methods.forEachEntry(
                      (method, operation) -> {
                        if (operation.at("/tags/0").equals(tag.get("name"))) {
                          requests.add(new Reader(document, operation).request(path, method));
                        }
                      }));
    }
    return requests;
  }

  private record Reader(ObjectNode document, JsonNode operation) {

    SampleRequest request(String path, String method) {
      String tag = operation.at("/tags/0").asString();
      Map<String, String> variables = new LinkedHashMap<>();
      List<Key> query = new ArrayList<>();
      String url = path;
      for (JsonNode each : operation.path("parameters")) {
        JsonNode parameter = target(document, each);
        String name = parameter.get("name").asString();
        String variable = tag + "_" + name;
        String example = parameter.get("example").asString();
        if (parameter.path("required").asBoolean()) {
          variables.put(variable, example);
        }
        if (parameter.get("in").asString().equals("path")) {
          url = url.replace("{" + name + "}", "{{" + variable + "}}");
        } else {
          boolean required = variables.containsKey(variable);
          query.add(
              new Key(
                  name,
                  required ? "{{" + variable + "}}" : example,
                  required || name.equals("page_size") || firstRow().has(name),
                  parameter.get("description").asString().strip()));
        }
      }
      return new SampleRequest(
          tag,
          operation.get("summary").asString(),
          operation.get("description").asString().strip(),
          method.toUpperCase(Locale.ROOT),
          url,
          query,
          firstExample(operation.path("requestBody")),
          operation.get("security").valueStream().allMatch(scheme -> scheme.has(ID_TOKEN))
              && !operation.get("security").isEmpty(),
          variables,
          captures());
    }

    /**
     * Returns the first row of the manifest in the example of the 200 response. The row has only
     * the selected columns.
     */
    private JsonNode firstRow() {
      return firstExample(operation.at("/responses/200"))
          .map(example -> example.at("/manifest/json_manifest/0"))
          .orElseThrow();
    }

    private Optional<JsonNode> firstExample(JsonNode holder) {
      return target(document, holder)
          .at("/content/application~1json/examples")
          .valueStream()
          .map(example -> target(document, example).get("value"))
          .findFirst();
    }

    private List<Capture> captures() {
      return operation
          .get("responses")
          .propertyStream()
          .flatMap(
              response ->
                  target(document, response.getValue())
                      .path("links")
                      .valueStream()
                      .map(node -> target(document, node))
                      .flatMap(link -> captures(response.getKey(), link)))
          .toList();
    }

    private Stream<Capture> captures(String status, JsonNode link) {
      String tag =
          operations()
              .filter(candidate -> candidate.get("operationId").equals(link.get("operationId")))
              .map(candidate -> candidate.at("/tags/0").asString())
              .findFirst()
              .orElseThrow();
      return link.get("parameters")
          .propertyStream()
          .map(
              parameter ->
                  new Capture(
                      status,
                      tag + "_" + parameter.getKey(),
                      parameter
                          .getValue()
                          .asString()
                          .replace("$response.body#/", "body?.")
                          .replace("/", "?.")));
    }

    private Stream<JsonNode> operations() {
      return document.get("paths").valueStream().flatMap(JsonNode::valueStream);
    }
  }
}
