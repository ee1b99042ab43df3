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

/** An answer on its way from the service. */
public record ProxiedResponse(int status, Map<String, List<String>> headers, String text) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Copies the headers, whose names are compared without regard to case. */
  public ProxiedResponse {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = copy;
  }

  static ProxiedResponse json(int status, String text) {
    return new ProxiedResponse(status, Map.of("Content-Type", List.of("application/json")), text);
  }

  ProxiedResponse withStatus(int newStatus) {
    return new ProxiedResponse(newStatus, headers, text);
  }

  /** Returns the same with another value of a header. */
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

  /** Returns the same with another body. */
  public ProxiedResponse withBody(String newText) {
    return new ProxiedResponse(status, headers, newText);
  }

  /** Changes the object of the body; an answer without one stays as it is. */
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

  /** Changes the rows of a page; an answer that is none stays as it is. */
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

  /** Returns the tokens of a page or of a 202, one or none. */
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

  /** Returns whether it is a page that has rows. */
  boolean hasRows() {
    boolean[] found = {false};
    editedRows(rows -> found[0] = !rows.isEmpty());
    return status == 200 && found[0];
  }
}
