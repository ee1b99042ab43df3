package io.github.idc4j.openapi.gate;

import com.flipkart.zjsonpatch.Jackson3JsonPatch;
import com.flipkart.zjsonpatch.JsonPatchApplicationException;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** An edit of the bundled document, what the gate must say of it, and what it says. */
record Edit(String name, Verdict expected, JsonNode before, JsonNode after, Comparison comparison) {

  private static List<Edit> all = List.of();

  /** Returns the edits; they are compared once for all tests. */
  static synchronized List<Edit> all() {
    if (all.isEmpty()) {
      JsonNode edits = new YAMLMapper().readTree(Edit.class.getResourceAsStream("/edits.yaml"));
      all = edits.valueStream().map(Edit::of).toList();
    }
    return all;
  }

  static Edit named(String name) {
    return all().stream().filter(edit -> edit.name().equals(name)).findFirst().orElseThrow();
  }

  private static Edit of(JsonNode edit) {
    String name = edit.get("edit").asString();
    try {
      JsonNode given = edit.get("given");
      JsonNode before =
          given == null ? Bundled.DOCUMENT : Jackson3JsonPatch.apply(given, Bundled.DOCUMENT);
      JsonNode after = Jackson3JsonPatch.apply(edit.get("patch"), before);
      return new Edit(
          name,
          Verdict.valueOf(edit.get("expected").asString().toUpperCase(Locale.ROOT)),
          before,
          after,
          Comparison.of(before, after));
    } catch (JsonPatchApplicationException e) {
      throw new IllegalStateException(
          "The document no longer has what the edit \"" + name + "\" changes; see edits.yaml", e);
    }
  }
}
