package io.github.idc4j.conformance.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A large page is read without most of its cells. */
class OutlineTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int ROWS = 180;

  private static ObjectNode page() {
    ObjectNode page = JSON.createObjectNode().put("code", 200).put("next_page", "t");
    ObjectNode part = page.putObject("query_results").put("totalFound", ROWS);
    ArrayNode rows = part.putArray("json");
    for (int i = 0; i < ROWS; i++) {
      ObjectNode row = rows.addObject().put("Modality", "CT");
      row.putArray("other_parameters").add(i);
      row.put("SOPInstanceUID", "1." + i);
    }
    // A row with no column by which results are sorted.
    rows.set(ROWS - 1, JSON.createObjectNode().put("Modality", "CT"));
    return page;
  }

  private static JsonNode outline(JsonNode page) {
    return Outline.of(JSON, page.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyRowIsThereAndASampleIsComplete() {
    ObjectNode page = page();
    JsonNode rows = outline(page).at("/query_results/json");

    assertThat(rows.size()).isEqualTo(ROWS);
    assertThat(rows.get(99)).isEqualTo(page.at("/query_results/json/99"));
    assertThat(rows.get(100)).as("sampled").isEqualTo(page.at("/query_results/json/100"));
    assertThat(rows.get(101).toString()).isEqualTo("{\"SOPInstanceUID\":\"1.101\"}");
    assertThat(rows.get(150).has("Modality")).as("sampled").isTrue();
    assertThat(rows.get(ROWS - 1).isEmpty()).isTrue();
  }

  @Test
  void aShortenedBodyHasTheFirstAndLastRowsAndAllElse() {
    ObjectNode page = page();
    for (int column = 0; column < 20; column++) {
      ((ObjectNode) page.at("/query_results/json/0")).put("c" + column, column);
    }
    JsonNode shortened = Outline.shortened(page);
    JsonNode rows = shortened.at("/query_results/json");

    assertThat(rows.size()).isEqualTo(5);
    assertThat(rows.get(0).toString())
        .isEqualTo("{\"SOPInstanceUID\":\"1.0\",\"...\":\"22 columns omitted\"}");
    assertThat(rows.get(1)).isEqualTo(page.at("/query_results/json/1"));
    assertThat(rows.get(2).asString()).isEqualTo("... 176 rows omitted ...");
    assertThat(rows.get(4)).isEqualTo(page.at("/query_results/json/179"));
    assertThat(shortened.path("next_page")).isEqualTo(page.path("next_page"));
    assertThat(page.at("/query_results/json").size()).as("rows of the body itself").isEqualTo(ROWS);
  }

  @Test
  void whatIsNoRowIsComplete() {
    ObjectNode page = page();
    JsonNode outline = outline(page);

    assertThat(outline.path("next_page")).isEqualTo(page.path("next_page"));
    assertThat(outline.at("/query_results/totalFound"))
        .isEqualTo(page.at("/query_results/totalFound"));
    assertThat(outline(JSON.readTree("{\"message\":{\"json\":[{\"a\":1}]}}")).toString())
        .isEqualTo("{\"message\":{\"json\":[{\"a\":1}]}}");
  }

  @Test
  void aSampleHasTheCompleteRowsOnly() {
    JsonNode sample = Outline.sample(outline(page()));

    assertThat(sample.at("/query_results/json").valueStream())
        .hasSize(102)
        .allSatisfy(row -> assertThat(row.has("Modality")).isTrue());
    assertThat(sample.path("code").asInt()).isEqualTo(200);
  }
}
