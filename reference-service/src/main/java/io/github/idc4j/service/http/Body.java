package io.github.idc4j.service.http;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The body of a request. */
final class Body {

  private final byte[] bytes;

  Body(byte[] bytes) {
    this.bytes = bytes;
  }

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * Parses the body.
   *
   * @throws JacksonException if the body is not JSON or exceeds a limit
   */
  JsonNode json() {
    return Json.MAPPER.readTree(bytes);
  }
}
