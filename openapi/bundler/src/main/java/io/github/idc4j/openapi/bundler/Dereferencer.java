package io.github.idc4j.openapi.bundler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replaces each reference with what it points to, and removes the components. Only the security
 * schemes remain, because other parts of the document refer to them by name, without {@code $ref}.
 */
final class Dereferencer {

  private static final Set<String> NAMED = Set.of("securitySchemes");

  private final ObjectNode document;
  private final Deque<String> open = new ArrayDeque<>();

  private Dereferencer(ObjectNode document) {
    this.document = document;
  }

  /** Returns a copy of the document without references. Does not change the given document. */
  static ObjectNode dereferenced(ObjectNode document) {
    ObjectNode reduced = document.deepCopy();
    if (reduced.get("components") instanceof ObjectNode components) {
      components.retain(NAMED);
    }
    return (ObjectNode) new Dereferencer(document).resolve(reduced);
  }

  private JsonNode resolve(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.has("$ref")) {
        return target(object.get("$ref").asString());
      }
      ObjectNode resolved = JsonNodeFactory.instance.objectNode();
      object.forEachEntry((key, value) -> resolved.set(key, resolve(value)));
      return resolved;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> resolved.add(resolve(item)));
      return resolved;
    }
    return node;
  }

  private JsonNode target(String reference) {
    if (open.contains(reference)) {
      throw new IllegalArgumentException(
          reference + " refers to itself, so no form without references exists");
    }
    JsonNode found = document.at(JsonPointer.compile(reference.substring(1)));
    if (found.isMissingNode()) {
      throw new IllegalArgumentException("$ref to nothing: " + reference);
    }
    open.push(reference);
    JsonNode resolved = resolve(found);
    open.pop();
    return resolved;
  }
}
