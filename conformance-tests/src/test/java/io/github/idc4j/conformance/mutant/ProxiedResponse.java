package io.github.idc4j.conformance.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A response of the service. */
public record ProxiedResponse(int status, Map<String, List<String>> headers, String text) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Copies the headers, whose names are case-insensitive. */
  public ProxiedResponse {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = copy;
  }

  static ProxiedResponse json(int status, String text) {
    return new ProxiedResponse(status, Map.of("Content-Type", List.of("application/json")), text);
  }

  public ProxiedResponse withStatus(int newStatus) {
    return new ProxiedResponse(newStatus, headers, text);
  }

  /** Returns the response with another value of a header. */
  public ProxiedResponse withHeader(String name, String value) {
    ProxiedResponse changed = without(name);
    changed.headers.put(name, List.of(value));
    return changed;
  }

  ProxiedResponse without(String header) {
    ProxiedResponse changed = new ProxiedResponse(status, headers, text);
    changed.headers.remove(header);
    return changed;
  }

  /** Returns the response with another body. */
  public ProxiedResponse withBody(String newText) {
    return new ProxiedResponse(status, headers, newText);
  }

  /** Changes the JSON object of the body; a response without one is unchanged. */
  ProxiedResponse edited(Consumer<ObjectNode> edit) {
    try {
      JsonNode node = JSON.readTree(text);
      if (!(node instanceof ObjectNode object)) {
        return this;
      }
      edit.accept(object);
      return withBody(JSON.writeValueAsString(object));
    } catch (JacksonException e) {
      return this;
    }
  }

  /** Changes the rows of a page; other responses are unchanged. */
  ProxiedResponse editedRows(Consumer<ArrayNode> edit) {
    return edited(
        page -> {
          for (String place : List.of("/manifest/json_manifest", "/query_results/json")) {
            if (page.at(place) instanceof ArrayNode rows) {
              edit.accept(rows);
            }
          }
        });
  }

  /** Returns the tokens of a page or of a 202 response, one or none. */
  List<String> tokens() {
    List<String> tokens = new ArrayList<>();
    edited(
        body -> {
          for (String place : List.of("/next_page", "/query_info/next_page")) {
            String token = body.at(place).asString("");
            if (!token.isEmpty()) {
              tokens.add(token);
            }
          }
        });
    return tokens;
  }

  /** Returns whether the response is a page with rows. */
  boolean hasRows() {
    boolean[] found = {false};
    editedRows(rows -> found[0] = !rows.isEmpty());
    return status == 200 && found[0];
  }
}
