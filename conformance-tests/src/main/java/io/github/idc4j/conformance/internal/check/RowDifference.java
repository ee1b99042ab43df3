package io.github.idc4j.conformance.internal.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The difference between two lists of rows. If a row occurs several times, each occurrence counts.
 *
 * @param expectedRows number of expected rows
 * @param missing rows that only the expected list has
 * @param unexpected rows that only the actual list has
 * @param moved if both lists have the same rows in different orders, a smallest set of rows that
 *     must move; otherwise empty
 */
public record RowDifference(
    int expectedRows, List<Row> missing, List<Row> unexpected, List<Move> moved) {

  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

  /** A row and its number in its list, counted from 1. */
  public record Row(int number, String text) {}

  /** A row and its numbers in the expected and the actual list, counted from 1. */
  public record Move(int expected, int actual, String text) {}

  /**
   * Returns the rows as JSON strings with sorted members. The strings of equal rows are equal,
   * whatever the order of their members.
   */
  public static List<String> texts(Iterable<JsonNode> rows) {
    List<String> texts = new ArrayList<>();
    rows.forEach(row -> texts.add(SORTED.writeValueAsString(row)));
    return texts;
  }

  /** Compares two lists of rows. */
  public static RowDifference of(List<String> expected, List<String> actual) {
    Map<String, Deque<Integer>> places = new HashMap<>();
    for (int i = 0; i < actual.size(); i++) {
      places.computeIfAbsent(actual.get(i), row -> new ArrayDeque<>()).add(i);
    }
    List<Row> missing = new ArrayList<>();
    int[] placeOf = new int[expected.size()];
    boolean[] found = new boolean[actual.size()];
    for (int i = 0; i < expected.size(); i++) {
      Integer place = places.getOrDefault(expected.get(i), new ArrayDeque<>()).poll();
      if (place == null) {
        missing.add(new Row(i + 1, expected.get(i)));
      } else {
        placeOf[i] = place;
        found[place] = true;
      }
    }
    List<Row> unexpected = new ArrayList<>();
    for (int i = 0; i < actual.size(); i++) {
      if (!found[i]) {
        unexpected.add(new Row(i + 1, actual.get(i)));
      }
    }
    List<Move> moved =
        missing.isEmpty() && unexpected.isEmpty() ? moves(expected, placeOf) : List.of();
    return new RowDifference(expected.size(), missing, unexpected, moved);
  }

  /**
   * Returns the rows that are outside a longest increasing subsequence of the positions. These are
   * the fewest rows that must move.
   */
  private static List<Move> moves(List<String> rows, int[] placeOf) {
    int[] ends = new int[placeOf.length];
    int[] lastOfLength = new int[placeOf.length];
    int[] previous = new int[placeOf.length];
    int length = 0;
    for (int i = 0; i < placeOf.length; i++) {
      int slot = -1 - Arrays.binarySearch(ends, 0, length, placeOf[i]);
      ends[slot] = placeOf[i];
      previous[i] = slot == 0 ? -1 : lastOfLength[slot - 1];
      lastOfLength[slot] = i;
      length = Math.max(length, slot + 1);
    }
    boolean[] kept = new boolean[placeOf.length];
    for (int i = length == 0 ? -1 : lastOfLength[length - 1]; i >= 0; i = previous[i]) {
      kept[i] = true;
    }
    List<Move> moves = new ArrayList<>();
    for (int i = 0; i < placeOf.length; i++) {
      if (!kept[i]) {
        moves.add(new Move(i + 1, placeOf[i] + 1, rows.get(i)));
      }
    }
    return Collections.unmodifiableList(moves);
  }

  /**
   * Returns a summary of the difference, such as {@code 3 of 608 rows missing, 1 unexpected}.
   * Returns an empty string if the lists are equal.
   *
   * @param noun singular noun for an element of the list, such as {@code row}
   */
  public String summary(String noun) {
    List<String> parts = new ArrayList<>();
    String nouns = expectedRows == 1 ? noun : noun + "s";
    if (!missing.isEmpty()) {
      parts.add("%d of %d %s missing".formatted(missing.size(), expectedRows, nouns));
    }
    if (!unexpected.isEmpty()) {
      parts.add(
          missing.isEmpty()
              ? "%d unexpected in addition to %d expected %s"
                  .formatted(unexpected.size(), expectedRows, nouns)
              : "%d unexpected".formatted(unexpected.size()));
    }
    if (!moved.isEmpty()) {
      parts.add("%d of %d %s out of order".formatted(moved.size(), expectedRows, nouns));
    }
    return String.join(", ", parts);
  }
}
