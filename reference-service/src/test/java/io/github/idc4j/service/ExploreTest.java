package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.data.AbsentColumns;
import io.github.idc4j.service.data.IndexFiles;
import io.github.idc4j.service.http.RequestLimits;
import io.github.idc4j.service.query.QueryLimits;
import io.github.idc4j.service.query.ResultLimits;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests the page that explores the data. A test of the site opens the page in a browser. */
class ExploreTest {

  private static final String DATE = "StudyDate";
  private static final List<String> ATTRIBUTES =
      List.of("collection_id", "Modality", "BodyPartExamined", DATE);
  private static final int FILTERS = 40;
  private static final Pattern LINK = Pattern.compile("(?:src|href|from) ?=? ?\"([^\"]+)\"");

  @TempDir static Path folder;

  private static ReferenceService sample;
  private static ReferenceService index;

  private static ReferenceServiceBuilder builder() {
    return ReferenceService.builder()
        .dataFolder(folder.resolve("home"))
        .sampleSize(IndexFiles.SIZE)
        .absentColumns(AbsentColumns.NULL);
  }

  @BeforeAll
  static void start() throws IOException, SQLException {
    sample = builder().start();
    Path files = IndexFiles.write(folder.resolve("index"), folder.resolve("home"), 21);
    index = builder().data(files).start();
  }

  @AfterAll
  static void stop() {
    index.close();
    sample.close();
  }

  private static HttpResponse<String> get(ReferenceService from, String path) {
    return Http.send("GET", from.baseUrl().resolve(path).toString(), null, null, null);
  }

  private static HttpResponse<String> counts(ReferenceService from, String filters) {
    return get(
        from, "/explore/counts?filters=" + URLEncoder.encode(filters, StandardCharsets.UTF_8));
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** Returns the instances, or the series of the index. */
  private static List<JsonNode> rows(ReferenceService of) {
    HttpResponse<String> response = get(of, "/v1/dicomMetadata?page_size=100000");
    assertThat(response.statusCode()).isEqualTo(200);
    List<JsonNode> rows = new ArrayList<>();
    JsonMapper.shared().readTree(response.body()).at("/query_results/json").forEach(rows::add);
    return rows;
  }

  private static String text(JsonNode row, String attribute) {
    return row.get(attribute).asString(null);
  }

  private static boolean matches(JsonNode row, Map<String, List<String>> filters, String except) {
    return filters.entrySet().stream()
        .filter(filter -> !filter.getKey().equals(except))
        .allMatch(
            filter -> {
              String value = String.valueOf((Object) text(row, filter.getKey()));
              return filter.getValue().stream()
                  .map(wanted -> wanted.equals("None") ? "null" : wanted)
                  .anyMatch(
                      wanted ->
                          wanted.endsWith("%")
                              ? value.startsWith(wanted.replace("%", ""))
                              : value.equals(wanted));
            });
  }

  private static Map<String, Map<String, Long>> expected(
      List<JsonNode> rows, Map<String, List<String>> filters) {
    Map<String, Map<String, Long>> expected = new TreeMap<>();
    for (String attribute : ATTRIBUTES) {
      Map<String, Set<String>> series = new HashMap<>();
      for (JsonNode row : rows) {
        if (matches(row, filters, attribute)) {
          String value = text(row, attribute);
          series
              .computeIfAbsent(
                  attribute.equals(DATE) && value != null ? value.substring(0, 4) : value,
                  key -> new HashSet<>())
              .add(text(row, "SeriesInstanceUID"));
        }
      }
      Map<String, Long> byValue = new HashMap<>();
      series.forEach((value, found) -> byValue.put(value, (long) found.size()));
      if (!byValue.isEmpty()) {
        expected.put(attribute, byValue);
      }
    }
    return expected;
  }

  private static Map<String, Map<String, Long>> seen(JsonNode counts) {
    Map<String, Map<String, Long>> seen = new TreeMap<>();
    counts
        .properties()
        .forEach(
            entry -> {
              Map<String, Long> byValue = new HashMap<>();
              entry
                  .getValue()
                  .forEach(
                      count -> byValue.put(text(count, "value"), count.get("series").asLong()));
              seen.put(entry.getKey(), byValue);
            });
    return seen;
  }

  private static Map<String, List<String>> randomFilters(Random random, List<JsonNode> rows) {
    Map<String, List<String>> filters = new TreeMap<>();
    for (String attribute : ATTRIBUTES) {
      if (random.nextBoolean()) {
        List<String> values = new ArrayList<>();
        int count = attribute.equals(DATE) ? 1 : 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
          String value = text(rows.get(random.nextInt(rows.size())), attribute);
          if (value == null) {
            values.add("None");
          } else {
            values.add(attribute.equals(DATE) ? value.substring(0, 4) + "%" : value);
          }
        }
        filters.put(attribute, values);
      }
    }
    return filters;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theCountsAreThoseOfAllRows(boolean hasSeriesOnly) {
    ReferenceService service = hasSeriesOnly ? index : sample;
    List<JsonNode> rows = rows(service);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < FILTERS; i++) {
      Map<String, List<String>> filters = i == 0 ? Map.of() : randomFilters(random, rows);
      String json = JsonMapper.shared().writeValueAsString(filters);
      HttpResponse<String> response = counts(service, json);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      JsonNode body = JsonMapper.shared().readTree(response.body());
      List<JsonNode> found = rows.stream().filter(row -> matches(row, filters, "")).toList();
      String as = "seed " + seed + ", filters " + json;
      assertThat(seen(body.get("counts"))).as(as).isEqualTo(expected(rows, filters));
      assertThat(body.at("/totals/series").asLong())
          .as(as)
          .isEqualTo(found.stream().map(row -> text(row, "SeriesInstanceUID")).distinct().count());
      assertThat(body.at("/totals/patients").asLong())
          .as(as)
          .isEqualTo(found.stream().map(row -> text(row, "PatientID")).distinct().count());
      if (!hasSeriesOnly) {
        assertThat(body.at("/totals/instances").asLong()).as(as).isEqualTo(found.size());
      }
    }
  }

  @Test
  void theIndexKnowsTheNumberOfInstances() {
    assertThat(counts(index, "{}").body())
        .contains(
            "\"instances\":"
                + JsonMapper.shared()
                    .readTree(counts(sample, "{}").body())
                    .at("/totals/instances"));
  }

  @Test
  void theCountsAreSorted() {
    JsonNode modalities =
        JsonMapper.shared().readTree(counts(sample, "{}").body()).at("/counts/Modality");
    List<Long> series = new ArrayList<>();
    modalities.forEach(count -> series.add(count.get("series").asLong()));
    assertThat(series).hasSizeGreaterThan(1).isSortedAccordingTo((a, b) -> Long.compare(b, a));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "filters={|The parameter filters is not JSON",
        "filters=|is not of type 'object'",
        "filters=[]|is not of type 'object'",
        "filters=%7B%22Color%22:[%22red%22]%7D|'Color' was unexpected",
        "filters=%7B%22SOPInstanceUID%22:[%221.2%22]%7D|has no column SOPInstanceUID",
        "filter=%7B%7D|Invalid parameter filter",
      })
  void aWrongParameterIsRefused(String query, String reason) {
    HttpResponse<String> response = get(index, "/explore/counts?" + query.replace("{", "%7B"));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains(reason);
  }

  @Test
  void theLimitsOfQueriesApply() throws IOException {
    Limits limits =
        new Limits(
            RequestLimits.standard(), QueryLimits.standard(), new ResultLimits(1, 1, 1, 1 << 20));
    try (ReferenceService limited = builder().limits(limits).start()) {
      HttpResponse<String> response = counts(limited, "{}");
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("rows");
    }
  }

  @Test
  void thePageHasTheFilesThatItNeeds() {
    HttpResponse<String> page = get(sample, "/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    Set<String> links = new HashSet<>(links(page.body()));
    assertThat(links.remove("data:,")).isTrue();
    assertThat(links.remove("/v1/swagger")).isTrue();
    assertThat(links).containsExactlyInAnyOrder("/explore/explore.css", "/explore/explore.js");
    links(get(sample, "/explore/explore.js").body())
        .forEach(link -> links.add("/explore/" + link.replace("./", "")));
    assertThat(links).hasSize(3);
    for (String each : links) {
      HttpResponse<String> file = get(sample, each);
      assertThat(file.statusCode()).as(each).isEqualTo(200);
      assertThat(header(file, "Content-Type"))
          .isEqualTo(
              each.endsWith("css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8");
      assertThat(header(file, "Content-Security-Policy"))
          .isEqualTo(header(page, "Content-Security-Policy"))
          .startsWith("default-src 'none'; script-src 'self';");
    }
  }

  private static List<String> links(String text) {
    List<String> links = new ArrayList<>();
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      links.add(link.group(1));
    }
    return links;
  }

  @ParameterizedTest
  @ValueSource(strings = {"quirks", "reduced", "retired"})
  void theModesOfTheDeployedServiceHaveNoPage(String mode) throws IOException {
    ReferenceServiceBuilder builder =
        builder()
            .quirks(mode.equals("quirks"))
            .reduced(mode.equals("reduced"))
            .retired(mode.equals("retired"));
    try (ReferenceService service = builder.start()) {
      assertThat(get(service, "/").statusCode()).isEqualTo(404);
      assertThat(get(service, "/explore/explore.js").statusCode()).isEqualTo(404);
      assertThat(counts(service, "{}").statusCode()).isEqualTo(404);
    }
  }
}
