package io.github.idc4j.service.http;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes JSON. The keys of objects are sorted by name, as in the responses of the
 * deployed service.
 */
final class Json {

  private static final int MAX_DEPTH = 32;
  private static final int MAX_TOKENS = 250_000;
  private static final int MAX_DIGITS = 1000;
  private static final int MAX_STRING = 1 << 20;

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxTokenCount(MAX_TOKENS)
                          .maxNumberLength(MAX_DIGITS)
                          .maxStringLength(MAX_STRING)
                          .maxNameLength(MAX_DIGITS)
                          .build())
                  .build())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern JSON_TYPE =
      Pattern.compile("application/(json|[^/]+\\+json)", Pattern.CASE_INSENSITIVE);

  private static final String NOT_JSON =
      "The JSON provided in this request appears to be improperly formatted.";

  private static final String TOO_MUCH =
      "The JSON provided in this request exceeds a limit of this service: %,d levels, %,d values, %,d characters in a string, %,d characters in a number or a key."
          .formatted(MAX_DEPTH, MAX_TOKENS, MAX_STRING, MAX_DIGITS);

  private Json() {}

  /** Returns whether the {@code Content-Type} header of a request declares JSON. */
  static boolean isDeclared(Request request) {
    return request.contentType() != null
        && JSON_TYPE.matcher(request.contentType().split(";", 2)[0].strip()).matches();
  }

  /**
   * Reads the body of a request.
   *
   * @param fault what the operation could not do if the request has no body of the right type
   */
  static JsonNode body(Request request, Rules rules, String fault) {
    if (!isDeclared(request)) {
      throw rules.wrongBody(NOT_JSON + " Its Content-Type must be application/json.", fault);
    }
    JsonNode body;
    try {
      body = request.content().json();
    } catch (StreamConstraintsException e) {
      throw ApiException.badRequest(TOO_MUCH);
    } catch (JacksonException e) {
      throw ApiException.badRequest(NOT_JSON);
    }
    if (body.isMissingNode()) {
      throw ApiException.badRequest(NOT_JSON);
    }
    if (!rules.isBody(body)) {
      throw rules.wrongBody(NOT_JSON + " It must be an object.", fault);
    }
    return body;
  }
}
