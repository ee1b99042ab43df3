package io.github.idc4j.openapi.gate;

import com.flipkart.zjsonpatch.Jackson3JsonPatch;
import io.github.idc4j.openapi.IdcOpenApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** An edit of the bundled document, what the gate must say of it, and what it says. */
record Edit(String name, Verdict expected, JsonNode before, JsonNode after, Comparison comparison) {

  static final JsonNode BUNDLED = bundled();
  static final List<Edit> ALL = all();

  private static JsonNode bundled() {
    try (InputStream json = IdcOpenApi.specJson().openStream()) {
      return JsonMapper.shared().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Edit> all() {
    JsonNode edits = new YAMLMapper().readTree(Edit.class.getResourceAsStream("/edits.yaml"));
    return edits.valueStream().map(Edit::of).toList();
  }

  private static Edit of(JsonNode edit) {
    JsonNode before =
        edit.has("given") ? Jackson3JsonPatch.apply(edit.get("given"), BUNDLED) : BUNDLED;
    JsonNode after = Jackson3JsonPatch.apply(edit.get("patch"), before);
    return new Edit(
        edit.get("edit").asString(),
        Verdict.valueOf(edit.get("expected").asString().toUpperCase(Locale.ROOT)),
        before,
        after,
        Comparison.of(before, after));
  }
}
