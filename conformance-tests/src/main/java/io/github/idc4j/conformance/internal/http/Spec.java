package io.github.idc4j.conformance.internal.http;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.github.idc4j.openapi.IdcOpenApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Validates responses against the bundled OpenAPI document: status codes, media types, headers and
 * bodies. Thread-safe.
 */
final class Spec {

  private static final String ADDRESS = "https://idc4j.github.io/idc-v1.json";

  private static final int MAX_MESSAGES = 3;

  /** Content types of JSON. JSON must be in UTF-8, so no other charset is allowed. */
  private static final Pattern JSON_TYPE =
      Pattern.compile("application/json( *; *charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);

  /** Regular expressions by path template. */
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private static final Spec SHARED = new Spec();

  private final JsonNode document;
  private final SchemaRegistry registry;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  private Spec() {
    try (InputStream stream = IdcOpenApi.specJson().openStream()) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      document = JsonMapper.shared().readTree(text);
      registry =
          SchemaRegistry.withDialect(
              Dialects.getOpenApi30(), builder -> builder.schemas(Map.of(ADDRESS, text)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns a shared instance, because parsing the OpenAPI document takes longer than many checks.
   */
  static Spec shared() {
    return SHARED;
  }

  /** Returns the identifiers of all operations. */
  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    for (JsonNode path : document.path("paths")) {
      path.forEach(operation -> operations.add(operation.path("operationId").asString()));
    }
    return operations;
  }

  /** Returns the identifiers of the operations whose paths satisfy a condition. */
  Set<String> operations(Predicate<String> path) {
    Set<String> operations = new TreeSet<>();
    document
        .path("paths")
        .forEachEntry(
            (template, operationsAt) -> {
              if (path.test(template)) {
                operationsAt.forEach(
                    operation -> operations.add(operation.path("operationId").asString()));
              }
            });
    return operations;
  }

  /**
   * Returns the absent operation that a request calls. If the request calls no operation, returns
   * all operations of its path, provided that all of them are absent. Otherwise, returns empty.
   *
   * @param absent identifiers of the absent operations
   */
  Optional<String> lacking(ApiRequest request, Set<String> absent) {
    Optional<String> called = operation(request);
    if (called.isPresent()) {
      return called.filter(absent::contains);
    }
    Set<String> atPath = operations(template -> matches(template, request.path()));
    return !atPath.isEmpty() && absent.containsAll(atPath)
        ? Optional.of(String.join(", ", atPath))
        : Optional.empty();
  }

  /**
   * Returns all pairs of an operation and a status code that the OpenAPI document has for this
   * operation, such as {@code "getAbout 200"}.
   */
  Set<String> statuses() {
    Set<String> statuses = new TreeSet<>();
    for (JsonNode path : document.path("paths")) {
      for (JsonNode operation : path) {
        String id = operation.path("operationId").asString();
        operation
            .path("responses")
            .propertyNames()
            .forEach(status -> statuses.add(id + " " + status));
      }
    }
    return statuses;
  }

  /**
   * Returns the identifier of the operation that a request calls, or empty if the spec has no such
   * operation.
   */
  Optional<String> operation(ApiRequest request) {
    return pointer(request).map(pointer -> document.at(pointer).path("operationId").asString());
  }

  /**
   * Validates the response of an operation. Ignores responses to requests that call no operation.
   *
   * @throws RuleViolation if the response does not match the spec
   */
  void validate(Exchange exchange) {
    Optional<String> operation = pointer(exchange.request());
    if (operation.isEmpty()) {
      return;
    }
    String pointer = operation.get() + "/responses/" + exchange.status();
    JsonNode response = document.at(pointer);
    if (response.isMissingNode()) {
      throw new RuleViolation(
          "spec.status",
          "status code "
              + exchange.status()
              + " is not documented; documented are "
              + String.join(", ", document.at(operation.get() + "/responses").propertyNames())
              + " (body: "
              + exchange.excerpt()
              + ")"
              + location(exchange));
    }
    if (exchange.status() == 401) {
      // A front end may refuse the request, and may use any body.
      return;
    }
    if (response.has("$ref")) {
      pointer = response.get("$ref").asString().substring(1);
      response = document.at(pointer);
    }
    validateMediaType(exchange, response);
    for (String header : response.path("headers").propertyNames()) {
      if (exchange.header(header).isEmpty()) {
        throw new RuleViolation("spec.header", "the header " + header + " is missing");
      }
    }
    if (response.path("content").has("application/json")
        && !exchange.request().method().equals("HEAD")) {
      validateBody(exchange, pointer + "/content/application~1json/schema");
    }
  }

  private static String location(Exchange exchange) {
    String location = exchange.header("Location");
    return location.isEmpty() ? "" : " (Location: " + location + ")";
  }

  private static void validateMediaType(Exchange exchange, JsonNode response) {
    String seen = exchange.header("Content-Type");
    boolean json = response.path("content").has("application/json");
    boolean matches =
        json
            ? JSON_TYPE.matcher(seen).matches()
            : seen.toLowerCase(Locale.ROOT).startsWith("text/html");
    if (!matches) {
      throw new RuleViolation(
          "spec.media-type",
          "Content-Type is '" + seen + "', not " + (json ? "application/json" : "text/html"));
    }
  }

  private void validateBody(Exchange exchange, String pointer) {
    JsonNode body = exchange.outline();
    if (body.isMissingNode()) {
      throw new RuleViolation("spec.body", "the body is not JSON");
    }
    List<Error> errors =
        schemas
            .computeIfAbsent(
                pointer, place -> registry.getSchema(SchemaLocation.of(ADDRESS + "#" + place)))
            .validate(Outline.sample(body));
    if (!errors.isEmpty()) {
      throw new RuleViolation(
          "spec.body",
          errors.stream()
              .limit(MAX_MESSAGES)
              .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
              .collect(
                  Collectors.joining(
                      "; ",
                      "the body is not as the schema says: ",
                      errors.size() > MAX_MESSAGES
                          ? "; and " + (errors.size() - MAX_MESSAGES) + " more"
                          : "")),
          Optional.of(errors.get(0).getInstanceLocation().toString()));
    }
    JsonNode code = body.path("code");
    if (!code.isMissingNode() && code.asInt(0) != exchange.status()) {
      throw new RuleViolation(
          "spec.code",
          "code is " + code + " but the status is " + exchange.status(),
          Optional.of("/code"));
    }
  }

  /**
   * Returns the JSON pointer to the operation that a request calls, or empty if the spec has no
   * such operation.
   */
  private Optional<String> pointer(ApiRequest request) {
    String method = request.method().toLowerCase(Locale.ROOT);
    return document.path("paths").propertyNames().stream()
        .filter(template -> matches(template, request.path()))
        .filter(template -> document.path("paths").path(template).has(method))
        // Prefer a literal path to a path with a parameter.
        .min((a, b) -> Boolean.compare(a.contains("{"), b.contains("{")))
        .map(template -> "/paths/" + template.replace("/", "~1") + "/" + method);
  }

  private static boolean matches(String template, String path) {
    return PATTERNS
        .computeIfAbsent(
            template, text -> Pattern.compile(text.replaceAll("\\{[a-z_]+}", "[0-9]+")))
        .matcher(path)
        .matches();
  }
}
