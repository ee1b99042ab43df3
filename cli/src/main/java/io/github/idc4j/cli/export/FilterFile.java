package io.github.idc4j.cli.export;

import io.github.idc4j.client.filter.Filter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads filters in the JSON of the API: {@code {"Modality": ["CT"]}}, or a request body that
 * contains them as {@code filters} or {@code cohort_def.filters}.
 */
public final class FilterFile {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private FilterFile() {}

  /**
   * Reads the filters of a file, with the names as they are in the file. The name {@code -} is the
   * standard input.
   *
   * @throws IllegalArgumentException if the file has no such JSON
   * @throws IOException if the file cannot be read
   */
  public static List<Filter> read(Path file) throws IOException {
    InputFile input = InputFile.read(file);
    JsonNode filters = filters(parse(input));
    List<Filter> found = new ArrayList<>();
    if (filters.isObject()) {
      for (Map.Entry<String, JsonNode> member : filters.properties()) {
        found.add(
            Filter.of(member.getKey(), values(input.name(), member.getKey(), member.getValue())));
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          input.name() + " has no filters. Write JSON such as {\"Modality\": [\"CT\"]}.");
    }
    return found;
  }

  private static JsonNode parse(InputFile input) {
    try {
      return JSON.readTree(input.text());
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          input.name()
              + " is not JSON: "
              + e.getOriginalMessage()
              + ". Write JSON such as {\"Modality\": [\"CT\"]}.",
          e);
    }
  }

  private static JsonNode filters(JsonNode json) {
    JsonNode definition = json.path("cohort_def").isObject() ? json.get("cohort_def") : json;
    return definition.path("filters").isObject() ? definition.get("filters") : definition;
  }

  private static Object[] values(String file, String name, JsonNode values) {
    List<Object> found = new ArrayList<>();
    for (JsonNode value : values) {
      if (!value.isString() && !value.isNumber()) {
        throw invalid(file, name);
      }
      found.add(value.isString() ? value.stringValue() : value.numberValue());
    }
    if (!values.isArray() || found.isEmpty()) {
      throw invalid(file, name);
    }
    return found.toArray();
  }

  private static IllegalArgumentException invalid(String file, String name) {
    return new IllegalArgumentException(
        file
            + ": the values of "
            + name
            + " must be a list of strings or numbers, such as [\"CT\"].");
  }
}
