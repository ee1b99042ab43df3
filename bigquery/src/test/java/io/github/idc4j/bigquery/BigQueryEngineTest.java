package io.github.idc4j.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.bigquery.TableId;
import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.data.InstanceColumns;
import io.github.idc4j.service.data.ManifestColumn;
import io.github.idc4j.service.engine.DuckDbEngine;
import io.github.idc4j.service.engine.EngineRows;
import io.github.idc4j.service.engine.Query;
import io.github.idc4j.service.engine.QueryEngine;
import io.github.idc4j.service.engine.RowsGoneException;
import io.github.idc4j.service.engine.Sql;
import io.github.idc4j.service.query.FilterRules;
import io.github.idc4j.service.query.Filters;
import io.github.idc4j.service.query.InvalidFiltersException;
import io.github.idc4j.service.query.Queries;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the rows of BigQuery's emulator with those of DuckDB on the same data. */
class BigQueryEngineTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Catalogue CATALOGUE = new Catalogue();
  private static final Duration LIFETIME = Duration.ofHours(24);

  private static Emulator emulator;
  private static Database database;
  private static QueryEngine duckDb;
  private static QueryEngine bigQuery;

  @BeforeAll
  static void open() throws IOException, InterruptedException, SQLException {
    emulator = Emulator.shared();
    database = emulator.database();
    duckDb = new DuckDbEngine(database, Optional.empty());
    bigQuery = openEngine();
  }

  private static QueryEngine openEngine() throws IOException {
    return new BigQueryEngineProvider().open(emulator.settings(), CATALOGUE, database, LIFETIME);
  }

  @AfterAll
  static void close() throws SQLException {
    if (database != null) {
      database.close();
    }
  }

  private static Queries queries(QueryEngine engine) {
    return new Queries(CATALOGUE, FilterRules.DEFAULT, engine.dialect(), InstanceColumns.none());
  }

  private static Filters filters(String json) throws InvalidFiltersException {
    return Filters.read(CATALOGUE, JSON.readTree(json));
  }

  private static List<ManifestColumn> manifestColumns(String... keys) {
    return CATALOGUE.manifestColumns().stream()
        .filter(column -> List.of(keys).contains(column.key()))
        .toList();
  }

  private static List<Attribute> queryFields() {
    return CATALOGUE.attributes().stream()
        .filter(attribute -> attribute.queryField() && !attribute.table().isEmpty())
        .toList();
  }

  private static List<JsonNode> rows(QueryEngine engine, Query query)
      throws IOException, SQLException {
    try (EngineRows rows = engine.run(UUID.randomUUID(), query)) {
      return rows(rows, 0, rows.count());
    }
  }

  private static List<JsonNode> rows(EngineRows rows, long from, long to)
      throws IOException, SQLException {
    List<JsonNode> found = new ArrayList<>();
    rows.read(from, to, json -> found.add(JSON.readTree(json)));
    return found;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"Modality\":[\"ct\",\"Mr\"]}",
        "{\"collection_id\":[\"TCGA-LUAD\"]}",
        "{\"BodyPartExamined\":[\"None\"]}",
        "{\"BodyPartExamined\":[\"None\",\"KIDNEY\"],\"Modality\":[\"CT\"]}",
        "{\"SeriesDescription\":[\"ax t_ %\"]}",
        "{\"SeriesDescription\":[\"%\"]}",
        "{\"SeriesDescription\":[\"%\",\"AX STANDARD\"]}",
        "{\"StudyDescription\":[\"it's\", \"\\\"\", \"a\\\\b\", \"'; DROP TABLE x; --\", \"ÅSTRÖM\", \"影像\"]}",
        "{\"StudyDescription\":[\"%'%\"]}",
        "{\"SliceThickness\":[5]}",
        "{\"SliceThickness_gte\":[2.5]}",
        "{\"SliceThickness_ebtw\":[1,3],\"Modality\":[\"CT\"]}",
        "{\"SliceThickness_btwe\":[1,3]}",
        "{\"SliceThickness_lt\":[1e-300]}",
        "{\"age_at_diagnosis_gte\":[50],\"race\":[\"None\",\"WHITE\"]}",
        "{\"avg_percent_necrosis_lte\":[30]}",
        "{\"vital_status\":[\"dead\"],\"Volume_gt\":[10]}",
      })
  void filtersSelectTheSameRowsAsInDuckDb(String json)
      throws InvalidFiltersException, IOException, SQLException {
    Filters filters = filters(json);
    List<Attribute> fields =
        List.of(
            CATALOGUE.attribute("collection_id").orElseThrow(),
            CATALOGUE.attribute("BodyPartExamined").orElseThrow(),
            CATALOGUE.attribute("SliceThickness").orElseThrow(),
            CATALOGUE.attribute("SeriesInstanceUID").orElseThrow());

    List<JsonNode> expected = rows(duckDb, queries(duckDb).fields(fields, filters));

    assertThat(rows(bigQuery, queries(bigQuery).fields(fields, filters))).isEqualTo(expected);
  }

  @Test
  void manifestsHaveTheSameRowsInTheSameOrder()
      throws InvalidFiltersException, IOException, SQLException {
    Filters filters = filters("{\"Modality\":[\"CT\"]}");
    for (List<ManifestColumn> columns :
        List.of(
            CATALOGUE.manifestColumns(),
            manifestColumns("CRDC_Series_GUID", "Patient_ID"),
            manifestColumns("Collection_ID"))) {
      assertThat(rows(bigQuery, queries(bigQuery).manifest(columns, filters)))
          .hasSizeGreaterThan(1)
          .isEqualTo(rows(duckDb, queries(duckDb).manifest(columns, filters)));
    }
  }

  @Test
  void allQueryFieldsHaveTheSameTexts() throws InvalidFiltersException, IOException, SQLException {
    Filters filters = filters("{\"collection_id\":[\"tcga_luad\"]}");

    assertThat(rows(bigQuery, queries(bigQuery).fields(queryFields(), filters)))
        .hasSizeGreaterThan(100)
        .isEqualTo(rows(duckDb, queries(duckDb).fields(queryFields(), filters)));
  }

  @Test
  void dicomMetadataIsSortedAndHasLists() throws IOException, SQLException {
    List<JsonNode> expected = rows(duckDb, queries(duckDb).dicomMetadata());
    List<JsonNode> found = rows(bigQuery, queries(bigQuery).dicomMetadata());

    assertThat(expected).hasSize((int) Emulator.SAMPLE.instances());
    assertThat(expected.get(0).get("ImageType").isArray()).isTrue();
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void keysOfARowAreSorted() throws InvalidFiltersException, IOException, SQLException {
    Query query = queries(bigQuery).manifest(CATALOGUE.manifestColumns(), filters("{}"));
    try (EngineRows rows = bigQuery.run(UUID.randomUUID(), query)) {
      rows.read(
          0,
          1,
          json ->
              assertThat(List.copyOf(JSON.readTree(json).propertyNames())).isSorted().hasSize(10));
    }
  }

  @Test
  void anyRangeOfRowsCanBeRead() throws InvalidFiltersException, IOException, SQLException {
    Query query = queries(bigQuery).fields(queryFields(), filters("{\"Modality\":[\"MR\"]}"));
    try (EngineRows rows = bigQuery.run(UUID.randomUUID(), query)) {
      List<JsonNode> all = rows(rows, 0, rows.count());
      int last = (int) rows.count();
      for (int[] range : new int[][] {{0, 1}, {7, 19}, {last - 3, last}, {5, 5}}) {
        assertThat(rows(rows, range[0], range[1])).isEqualTo(all.subList(range[0], range[1]));
      }
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> rows(rows, last - 1, last + 1))
          .withMessageContaining("ends at row " + last);
    }
  }

  @Test
  void anotherEngineFindsTheRows() throws InvalidFiltersException, IOException, SQLException {
    UUID id = UUID.randomUUID();
    Query query = queries(bigQuery).fields(queryFields(), filters("{\"Modality\":[\"MR\"]}"));
    List<JsonNode> rows;
    try (EngineRows own = bigQuery.run(id, query)) {
      rows = rows(own, 0, own.count());
    }
    assertThat(bigQuery.cancel(id)).isFalse();

    EngineRows found = openEngine().find(id).orElseThrow();

    assertThat(rows(found, 0, found.count())).isNotEmpty().isEqualTo(rows);
    assertThat(bigQuery.find(UUID.randomUUID())).isEmpty();
  }

  @Test
  void rowsExpireWithTheirTable() throws InvalidFiltersException, IOException, SQLException {
    UUID id = UUID.randomUUID();
    EngineRows rows = bigQuery.run(id, queries(bigQuery).fields(queryFields(), filters("{}")));
    // The emulator ignores the expiration time.
    emulator
        .bigQuery()
        .delete(TableId.of(Emulator.SCRATCH, "idc4j_" + id.toString().replace("-", "")));

    assertThatExceptionOfType(RowsGoneException.class).isThrownBy(() -> rows(rows, 0, 1));
    assertThat(bigQuery.find(id)).isEmpty();
  }

  @Test
  void aQueryThatFailsHasTheMessageOfBigQuery() {
    UUID id = UUID.randomUUID();

    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> bigQuery.run(id, new Sql("SELECT ERROR(?) AS json", List.of("boom"))))
        .isNotInstanceOf(SQLTransientException.class)
        .withMessageContaining("boom");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> bigQuery.find(id))
        .withMessageContaining("boom");
  }
}
