package io.github.idc4j.service.http;

import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes JSON. The keys of objects are sorted by name, as in the responses of the
 * deployed service.
 */
final class Json {

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String NOT_JSON =
      "The JSON provided in this request appears to be improperly formatted.";

  private Json() {}

  /** Returns whether the {@code Content-Type} header of a request declares JSON. */
  static boolean isDeclared(Request request) {
    return request.contentType() != null
        && request.contentType().toLowerCase(Locale.ROOT).startsWith("application/json");
  }

  /**
   * Reads the body of a request.
   *
   * @param fault the error message of a 500 response if the content type is wrong, or if the body
   *     is a string, a number, a boolean or null; if {@code fault} is null, the response is 400
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
