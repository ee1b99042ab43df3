package io.github.idc4j.openapi.bundler;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Resolves references to the components of an OpenAPI document. */
final class References {

  private References() {}

  /** Returns the target of a reference. If the node is not a reference, returns the node. */
  static JsonNode target(JsonNode document, JsonNode node) {
    JsonNode reference = node.get("$ref");
    return reference == null
        ? node
        : document.at(JsonPointer.compile(reference.asString().substring(1)));
  }
}
