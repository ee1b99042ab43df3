package io.github.idc4j.service.http;

import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON in and out: keys sorted by name, as the deployed service had them. */
final class Json {

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String NOT_JSON =
      "The JSON provided in this request appears to be improperly formatted.";

  private Json() {}

  /** Returns whether the request says that its body is JSON. */
  static boolean isDeclared(Request request) {
    return request.contentType() != null
        && request.contentType().toLowerCase(Locale.ROOT).startsWith("application/json");
  }

  /**
   * Reads the body of a request.
   *
   * @param fault message of the 500 of a service with quirks for a wrong content type, a number or
   *     null; null without quirks, for a 400
   */
  static JsonNode body(Request request, String fault) {
    if (!isDeclared(request)) {
      throw fault == null
          ? ApiException.badRequest(NOT_JSON + " Its Content-Type must be application/json.")
          : ApiException.of(500, fault);
    }
    JsonNode body;
    try {
      body = MAPPER.readTree(request.body());
    } catch (JacksonException e) {
      throw ApiException.badRequest(NOT_JSON);
    }
    if (body.isMissingNode()) {
      throw ApiException.badRequest(NOT_JSON);
    }
    if (!body.isContainer()) {
      throw fault == null
          ? ApiException.badRequest(NOT_JSON + " It must be an object.")
          : ApiException.of(500, fault);
    }
    return body;
  }
}
