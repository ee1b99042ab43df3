package io.github.idc4j.openapi.gate;

import tools.jackson.databind.JsonNode;

/**
 * One place where two OpenAPI documents differ.
 *
 * @param site the steps from the top of the document to this place
 * @param pointer the JSON pointer to this place: in the new document, or in the old document if the
 *     value is gone
 * @param before the old value; a missing node if the value is new
 * @param after the new value; a missing node if the value is gone
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

  /** Returns the last step of the site, which is the keyword or the name whose value differs. */
  String key() {
    return site.key();
  }
}
