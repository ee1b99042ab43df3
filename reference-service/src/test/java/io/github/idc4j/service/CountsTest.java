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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests the counts of series by the values of attributes. */
class CountsTest {

  private static final String DATE = "StudyDate";
  private static final List<String> ATTRIBUTES =
      List.of("collection_id", "Modality", "BodyPartExamined", DATE);
  private static final int FILTERS = 12;
  private static final String RESULTS = "idc4j_results";

  @TempDir static Path folder;

  private static ReferenceService sample;
  private static ReferenceService index;

  /** The numbers of results after the start, the first view of the page, and the first counts. */
  private static List<Double> resultsOfIndex;

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
    double atStart = metric(index, RESULTS);
    get(index, "/");
    double afterView = metric(index, RESULTS);
    counts(index, "{}");
    resultsOfIndex = List.of(atStart, afterView, metric(index, RESULTS));
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

  /** Returns the number of series that a filter selects, from the total of a manifest. */
  private static long series(ReferenceService of, String attribute, Object value) {
    String body =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "name", "", "description", "", "filters", Map.of(attribute, List.of(value))));
    HttpResponse<String> response =
        Http.send(
            "POST",
            of.baseUrl() + "/cohorts/manifest/preview?SeriesInstanceUID=True&page_size=1",
            "application/json",
            body,
            null);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(response.body()).at("/manifest/totalFound").asLong();
  }

  private static JsonNode countsOf(ReferenceService of, String query) {
    HttpResponse<String> response = get(of, "/explore/counts?" + query);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(response.body());
  }

  @ParameterizedTest
  @CsvSource({
    "false, Manufacturer",
    "true, Manufacturer",
    "false, SliceThickness",
    "false, PatientID",
    "false, case_barcode",
    "false, age_at_diagnosis",
    "false, sample_type",
  })
  void eachNumberIsThatOfTheFilter(boolean hasSeriesOnly, String attribute) {
    ReferenceService service = hasSeriesOnly ? index : sample;
    boolean isNumber = Set.of("SliceThickness", "age_at_diagnosis").contains(attribute);

    JsonNode counts = countsOf(service, "limit=20&attribute=" + attribute).get("counts");

    assertThat(counts.propertyNames()).containsExactly(attribute);
    assertThat(counts.get(attribute)).hasSizeGreaterThan(1);
    counts
        .get(attribute)
        .forEach(
            count -> {
              String value = text(count, "value");
              if (isNumber && value == null) {
                return; // No filter selects null in a column of numbers.
              }
              Object filter = value == null ? "None" : isNumber ? Double.valueOf(value) : value;
              assertThat(count.get("series").asLong())
                  .as(attribute + " = " + value)
                  .isEqualTo(series(service, attribute, filter));
            });
  }

  @Test
  void theFiltersOnAnAttributeDoNotApplyToItsCounts() {
    String all = countsOf(sample, "attribute=SliceThickness").get("counts").toString();
    JsonNode filtered =
        countsOf(
            sample,
            "attribute=SliceThickness&filters="
                + URLEncoder.encode("{\"SliceThickness_lt\": [2]}", StandardCharsets.UTF_8));
    assertThat(filtered.get("counts").toString()).isEqualTo(all);
    assertThat(filtered.at("/totals/series").asLong())
        .isLessThan(countsOf(sample, "").at("/totals/series").asLong());
  }

  @Test
  void theLimitKeepsTheMostCommonValuesOfEachAttribute() {
    JsonNode all = countsOf(sample, "attribute=Manufacturer&attribute=PatientID").get("counts");
    JsonNode some =
        countsOf(sample, "attribute=Manufacturer&attribute=PatientID&limit=3").get("counts");
    for (String attribute : List.of("Manufacturer", "PatientID")) {
      assertThat(all.get(attribute)).hasSizeGreaterThan(3);
      assertThat(some.get(attribute))
          .containsExactly(
              all.at("/" + attribute + "/0"),
              all.at("/" + attribute + "/1"),
              all.at("/" + attribute + "/2"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRUE", "\"Modality\" = 'CT'", "\"Modality\" = 'none'"})
  void theIndexKnowsTheSizes(String condition) throws SQLException {
    String filters =
        condition.equals("TRUE")
            ? "{}"
            : condition.replaceAll(".*'(.*)'", "{\"Modality\": [\"$1\"]}");
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement();
        ResultSet size =
            statement.executeQuery(
                "SELECT coalesce(sum(round(\"series_size_MB\" * 1000000)), 0) FROM '%s' WHERE %s"
                    .formatted(folder.resolve("index/idc_index.parquet"), condition))) {
      size.next();
      assertThat(size.getLong(1) > 0).isEqualTo(!condition.contains("none"));
      assertThat(
              JsonMapper.shared()
                  .readTree(counts(index, filters).body())
                  .at("/totals/bytes")
                  .asLong())
          .isEqualTo(size.getLong(1));
    }
  }

  @Test
  void dataWithoutAllSizesHasNoSize() throws IOException, SQLException {
    assertThat(countsOf(sample, "").at("/totals/bytes").isNull()).isTrue();
    Path files = IndexFiles.write(folder.resolve("sizes"), folder.resolve("home"), 21);
    for (String sizes :
        List.of(
            "EXCLUDE (\"series_size_MB\")",
            "REPLACE (nullif(\"series_size_MB\", max(\"series_size_MB\") OVER ()) AS \"series_size_MB\")")) {
      try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = database.createStatement()) {
        statement.execute(
            "COPY (SELECT * %s FROM '%s') TO '%s' (FORMAT parquet)"
                .formatted(
                    sizes,
                    folder.resolve("index/idc_index.parquet"),
                    files.resolve("idc_index.parquet")));
      }
      try (ReferenceService service = builder().data(files).start()) {
        assertThat(countsOf(service, "").at("/totals/bytes").isNull()).as(sizes).isTrue();
      }
    }
  }

  @Test
  void theCountsAreSorted() {
    JsonNode years =
        JsonMapper.shared().readTree(counts(sample, "{}").body()).at("/counts/StudyDate");
    List<Long> series = new ArrayList<>();
    years.forEach(count -> series.add(count.get("series").asLong()));
    assertThat(series.stream().distinct()).hasSizeGreaterThan(1);
    assertThat(series).isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void theServiceBeginsToCountAllSeriesWhenThePageIsOpened() {
    assertThat(resultsOfIndex).containsExactly(0.0, 1.0, 1.0);
  }

  @Test
  void theMetricsHaveTheOperation() {
    String counted = "idc4j_http_requests_total{operation=\"GET /explore/counts\",status=\"200\"}";
    counts(sample, "{}");
    double before = metric(sample, counted);
    counts(sample, "{}");
    assertThat(metric(sample, counted)).isEqualTo(before + 1);
  }

  private static double metric(ReferenceService of, String name) {
    return get(of, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  @Test
  void theServiceRespondsBeforeTheQueryHasFinished() throws IOException {
    try (ReferenceService hurried = builder().queryWait(Duration.ZERO).start()) {
      HttpResponse<String> response = counts(hurried, "{}");
      assertThat(response.statusCode()).isEqualTo(202);
      assertThat(response.body()).contains("have not been counted yet");
      while (response.statusCode() == 202) {
        response = counts(hurried, "{}");
      }
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo(counts(sample, "{}").body());
    }
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
        "attribute=Color|There is no filter attribute Color",
        "attribute=SliceThickness_lt|There is no filter attribute SliceThickness_lt",
        "attribute=GCS_Bucket|There is no filter attribute GCS_Bucket",
        "attribute=Modality&attribute=gender|has no column gender",
        "limit=0|Parameter limit must be a whole number from 1 to 1000, not 0",
        "limit=1001|Parameter limit must be a whole number from 1 to 1000, not 1001",
        "limit=x|Parameter limit must be a whole number from 1 to 1000, not x",
      })
  void aWrongParameterIsRefused(String query, String reason) {
    HttpResponse<String> response = get(index, "/explore/counts?" + query.replace("{", "%7B"));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({"1, PT10M, rows", "1000, PT0.000000001S, was canceled"})
  void theLimitsOfQueriesApply(long rows, Duration time, String reason) throws IOException {
    Limits limits =
        new Limits(
            RequestLimits.standard(),
            new QueryLimits(1, 1, 1, time),
            new ResultLimits(1, 1, rows, 1 << 20));
    try (ReferenceService limited = builder().limits(limits).start()) {
      HttpResponse<String> response = counts(limited, "{}");
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains(reason);
    }
  }
}
