package io.github.idc4j.openapi.gate;

import io.github.idc4j.openapi.IdcOpenApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document of this build. */
final class Bundled {

  static final JsonNode DOCUMENT = read();

  private Bundled() {}

  private static JsonNode read() {
    try (InputStream json = IdcOpenApi.specJson().openStream()) {
      return JsonMapper.shared().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
