package io.github.idc4j.openapi.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** That nothing binding can leave the document unseen, by taking it away. */
class DifferencesTest {

  /** Of so many places one is tried; a prime, so that it falls on all kinds of them. */
  private static final int STEP = 53;

  private static final ObjectNode CONTRACT = Contract.of(Bundled.DOCUMENT);

  @Test
  void whateverIsTakenAwayIsFound() {
    List<JsonPointer> places = new ArrayList<>();
    CONTRACT.properties().stream()
        .filter(part -> !part.getKey().equals("info"))
        .forEach(
            part ->
                collect(
                    part.getValue(), JsonPointer.empty().appendProperty(part.getKey()), places));
    List<JsonPointer> tried =
        IntStream.range(0, places.size()).filter(i -> i % STEP == 0).mapToObj(places::get).toList();

    assertThat(tried)
        .hasSizeGreaterThan(100)
        .noneMatch(place -> Differences.between(CONTRACT, without(place)).isEmpty());
  }

  @Test
  void theSameDocumentHasNone() {
    assertThat(Differences.between(CONTRACT, CONTRACT.deepCopy())).isEmpty();
  }

  private static void collect(JsonNode node, JsonPointer place, List<JsonPointer> places) {
    places.add(place);
    node.properties()
        .forEach(
            member -> collect(member.getValue(), place.appendProperty(member.getKey()), places));
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), place.appendIndex(i), places);
      }
    }
  }

  private static ObjectNode without(JsonPointer place) {
    ObjectNode less = CONTRACT.deepCopy();
    JsonNode parent = less.at(place.head());
    if (parent instanceof ArrayNode list) {
      list.remove(place.last().getMatchingIndex());
    } else {
      ((ObjectNode) parent).remove(place.last().getMatchingProperty());
    }
    return less;
  }
}
