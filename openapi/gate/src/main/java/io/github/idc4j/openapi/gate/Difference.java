package io.github.idc4j.openapi.gate;

import tools.jackson.databind.JsonNode;

/**
 * One place in which two documents differ.
 *
 * @param site the way to it from the operation that shows it
 * @param pointer the JSON pointer to it: in the new document, or in the old one if it is gone
 * @param before the old value; missing if it is new
 * @param after the new value; missing if it is gone
 */
record Difference(Site site, String pointer, JsonNode before, JsonNode after) {

  boolean isNew() {
    return before.isMissingNode();
  }

  boolean isGone() {
    return after.isMissingNode();
  }

  Difference at(String otherPointer) {
    return new Difference(site, otherPointer, before, after);
  }

  /** Returns the keyword or the name that differs. */
  String key() {
    return site.key();
  }
}
