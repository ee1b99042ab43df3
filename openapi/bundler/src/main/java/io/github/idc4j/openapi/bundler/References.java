package io.github.idc4j.openapi.bundler;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** References into the components of a document. */
final class References {

  private References() {}

  /** Returns what the node refers to; the node itself if it is no reference. */
  static JsonNode target(JsonNode document, JsonNode node) {
    JsonNode reference = node.get("$ref");
    return reference == null
        ? node
        : document.at(JsonPointer.compile(reference.asString().substring(1)));
  }
}
