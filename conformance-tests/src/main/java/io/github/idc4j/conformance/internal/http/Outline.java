package io.github.idc4j.conformance.internal.http;

import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.filter.FilteringParserDelegate;
import tools.jackson.core.filter.TokenFilter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a large body without most of its cells. A sample of the rows is complete. The other rows
 * have only the sort columns. A JSON tree with all cells would take several times the memory of the
 * body, and building the tree would take most of the time of a run.
 */
final class Outline extends TokenFilter {

  /** The names of the body members that contain rows, each with the name of its array of rows. */
  static final Map<String, String> ROWS =
      Map.of("manifest", "json_manifest", "query_results", "json");

  private static final Set<String> SORT_COLUMNS =
      Set.of(
          "collection_id",
          "Patient_ID",
          "PatientID",
          "StudyInstanceUID",
          "SeriesInstanceUID",
          "SOPInstanceUID");

  private static final int COMPLETE_ROWS = 100;
  private static final int SAMPLING_INTERVAL = 50;

  /** Number of rows that a shortened body shows at the beginning and at the end. */
  private static final int SHOWN_ROWS = 2;

  /**
   * Maximum number of columns of a row that is shown completely. Manifest and query rows usually
   * have fewer columns.
   */
  private static final int SHOWN_COLUMNS = 12;

  private static final TokenFilter ROW =
      new Outline(name -> SORT_COLUMNS.contains(name) ? INCLUDE_ALL : null, index -> INCLUDE_ALL);

  private static final TokenFilter ROW_ARRAY =
      new Outline(name -> INCLUDE_ALL, index -> isSampled(index) ? INCLUDE_ALL : ROW);

  private static final TokenFilter BODY =
      new Outline(
          name -> ROWS.containsKey(name) ? partWith(ROWS.get(name)) : INCLUDE_ALL,
          index -> INCLUDE_ALL);

  private final Function<String, TokenFilter> members;
  private final Function<Integer, TokenFilter> elements;

  private Outline(Function<String, TokenFilter> members, Function<Integer, TokenFilter> elements) {
    this.members = members;
    this.elements = elements;
  }

  private static TokenFilter partWith(String rows) {
    return new Outline(name -> name.equals(rows) ? ROW_ARRAY : INCLUDE_ALL, index -> INCLUDE_ALL);
  }

  private static boolean isSampled(int row) {
    return row < COMPLETE_ROWS || row % SAMPLING_INTERVAL == 0;
  }

  /** Returns the outline of a body. */
  static JsonNode of(JsonMapper mapper, byte[] body) {
    try (JsonParser parser =
        new FilteringParserDelegate(
            mapper.createParser(body), BODY, Inclusion.INCLUDE_ALL_AND_PATH, true)) {
      return mapper.readTree(parser);
    }
  }

  /** Returns a body, or the outline of a body, with only the sampled rows. */
  static JsonNode sample(JsonNode body) {
    return withRows(
        body,
        COMPLETE_ROWS,
        (rows, sample) ->
            IntStream.range(0, rows.size())
                .filter(Outline::isSampled)
                .mapToObj(rows::get)
                .forEach(sample::add));
  }

  /** Returns a body for display, with only its first and last rows. */
  static JsonNode shortened(JsonNode body) {
    return withRows(
        body,
        0,
        (rows, shown) -> {
          int omitted = rows.size() - 2 * SHOWN_ROWS;
          for (int row = 0; row < rows.size(); row++) {
            if (omitted < 2 || row < SHOWN_ROWS || row >= SHOWN_ROWS + omitted) {
              shown.add(shortenedRow(rows.get(row)));
            } else if (row == SHOWN_ROWS) {
              shown.add("... " + omitted + " rows omitted ...");
            }
          }
        });
  }

  /** Returns a row. A row with many columns is reduced to the sort columns. */
  private static JsonNode shortenedRow(JsonNode row) {
    if (row.size() <= SHOWN_COLUMNS || !(row instanceof ObjectNode complete)) {
      return row;
    }
    ObjectNode shown = complete.deepCopy().retain(SORT_COLUMNS);
    return shown.put("...", complete.size() - shown.size() + " columns omitted");
  }

  /**
   * Returns a copy of a body in which other rows replace the rows.
   *
   * @param most maximum number of rows for which the body is returned unchanged
   * @param replacement receives the rows of the body, and an empty array to which it adds the new
   *     rows
   */
  private static JsonNode withRows(
      JsonNode body, int most, BiConsumer<JsonNode, ArrayNode> replacement) {
    for (Map.Entry<String, String> place : ROWS.entrySet()) {
      JsonNode rows = body.path(place.getKey()).path(place.getValue());
      if (rows.isArray() && rows.size() > most) {
        ObjectNode copy = ((ObjectNode) body).objectNode().setAll((ObjectNode) body);
        ObjectNode part = copy.objectNode().setAll((ObjectNode) body.path(place.getKey()));
        copy.set(place.getKey(), part);
        replacement.accept(rows, part.putArray(place.getValue()));
        return copy;
      }
    }
    return body;
  }

  @Override
  public TokenFilter includeProperty(String name) {
    return members.apply(name);
  }

  @Override
  public TokenFilter includeElement(int index) {
    return elements.apply(index);
  }

  /** Includes a row even if it has none of the sort columns. */
  @Override
  public boolean includeEmptyObject(boolean contentsFiltered) {
    return true;
  }

  @Override
  public boolean includeEmptyArray(boolean contentsFiltered) {
    return true;
  }
}
