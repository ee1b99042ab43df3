package io.github.idc4j.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import io.github.idc4j.oracle.Walk;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.AbsentColumns;
import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.data.InstanceColumns;
import io.github.idc4j.service.engine.BigQueryProvider;
import io.github.idc4j.service.engine.BigQuerySettings;
import io.github.idc4j.service.engine.EngineException;
import io.github.idc4j.service.engine.EngineRows;
import io.github.idc4j.service.engine.QueryEngine;
import io.github.idc4j.service.query.FilterRules;
import io.github.idc4j.service.query.Filters;
import io.github.idc4j.service.query.InvalidFiltersException;
import io.github.idc4j.service.query.Queries;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Tests how an engine finds its tables, what it sends, and what errors say. */
class BigQueryEngineProviderTest {

  private static final Catalogue CATALOGUE = new Catalogue();
  private static final String DENIED =
      "{\"error\":{\"code\":403,\"message\":\"Access Denied: Project idc: User does not have"
          + " bigquery.jobs.create permission in project idc.\",\"errors\":[{\"reason\":"
          + "\"accessDenied\",\"message\":\"Access Denied\"}]}}";
  private static final String BUSY =
      "{\"error\":{\"code\":503,\"message\":\"busy\",\"status\":\"UNAVAILABLE\",\"errors\":"
          + "[{\"reason\":\"backendError\",\"message\":\"busy\",\"domain\":\"global\"}]}}";
  private static final String TOO_FAST =
      "{\"error\":{\"code\":403,\"message\":\"Exceeded rate limits\",\"errors\":"
          + "[{\"reason\":\"rateLimitExceeded\",\"message\":\"Exceeded rate limits\"}]}}";
  private static final String DUPLICATE =
      "{\"error\":{\"code\":409,\"message\":\"Already Exists: Job idc:US.x\",\"errors\":"
          + "[{\"reason\":\"duplicate\",\"message\":\"Already Exists: Job idc:US.x\"}]}}";
  private static final String TOO_MANY_BYTES =
      "\"status\":{\"state\":\"DONE\",\"errorResult\":{\"reason\":\"bytesBilledLimitExceeded\","
          + "\"message\":\"Query exceeded limit for bytes billed: 1000000. 20971520 or higher"
          + " required.\"}}";

  private static Emulator emulator;
  private static Database database;

  @BeforeAll
  static void open() throws IOException, InterruptedException, SQLException {
    emulator = Emulator.shared();
    database = emulator.database();
  }

  @AfterAll
  static void close() throws SQLException {
    if (database != null) {
      database.close();
    }
  }

  private static QueryEngine engine(BigQuerySettings settings) throws IOException {
    return BigQueryProvider.find().open(settings, CATALOGUE, database, Duration.ofHours(24));
  }

  private static Attribute attribute(String name) {
    return CATALOGUE.attribute(name).orElseThrow();
  }

  private static List<String> rows(QueryEngine engine, List<Attribute> fields, String filters)
      throws InvalidFiltersException, IOException, SQLException {
    List<String> rows = new ArrayList<>();
    try (EngineRows found =
        engine.run(
            UUID.randomUUID(),
            new Queries(CATALOGUE, FilterRules.DEFAULT, engine.dialect(), InstanceColumns.none())
                .fields(fields, Filters.read(CATALOGUE, JsonMapper.shared().readTree(filters))))) {
      found.read(0, found.count(), json -> rows.add(new String(json, StandardCharsets.UTF_8)));
    }
    return rows;
  }

  private static void sql(String sql) throws InterruptedException {
    emulator.bigQuery().query(QueryJobConfiguration.newBuilder(sql).build());
  }

  @Test
  void columnsHaveTheTypesOfTheTables()
      throws InvalidFiltersException, IOException, InterruptedException, SQLException {
    emulator.bigQuery().create(DatasetInfo.of("types"));
    sql(
        "CREATE TABLE types.dicom_pivot (collection_id STRING, modality STRING, SeriesNumber INT64,"
            + " StudyDate DATE, SegmentNumber INT64, SliceThickness FLOAT64,"
            + " Manufacturer STRUCT<name STRING>, ImageType STRING)");
    sql(
        "INSERT INTO types.dicom_pivot VALUES"
            + " ('a', 'CT', 7, DATE '2001-02-03', 3, 5.0, NULL, 'x'),"
            + " ('b', NULL, NULL, NULL, NULL, -0.125, NULL, 'y'),"
            + " ('c', NULL, NULL, NULL, NULL, 1e20, NULL, 'z'),"
            + " ('d', NULL, NULL, NULL, NULL, NULL, NULL, 'z')");
    QueryEngine engine = engine(Emulator.settings("types", Emulator.SCRATCH, emulator.endpoint()));

    assertThat(
            Stream.of("Modality", "SeriesNumber", "Manufacturer", "ImageType", "PatientID")
                .map(BigQueryEngineProviderTest::attribute)
                .map(engine.dialect()::hasColumn))
        .containsExactly(true, true, false, false, false);
    assertThat(
            rows(
                engine,
                Stream.of(
                        "collection_id",
                        "Modality",
                        "SeriesNumber",
                        "StudyDate",
                        "SegmentNumber",
                        "SliceThickness",
                        "PatientID")
                    .map(BigQueryEngineProviderTest::attribute)
                    .toList(),
                "{}"))
        .containsExactly(
            "{\"Modality\":\"CT\",\"PatientID\":null,\"SegmentNumber\":\"3.0\",\"SeriesNumber\":\"7\",\"SliceThickness\":\"5.0\",\"StudyDate\":\"2001-02-03\",\"collection_id\":\"a\"}",
            "{\"Modality\":null,\"PatientID\":null,\"SegmentNumber\":null,\"SeriesNumber\":null,\"SliceThickness\":\"-0.125\",\"StudyDate\":null,\"collection_id\":\"b\"}",
            "{\"Modality\":null,\"PatientID\":null,\"SegmentNumber\":null,\"SeriesNumber\":null,\"SliceThickness\":\"1e+20\",\"StudyDate\":null,\"collection_id\":\"c\"}",
            "{\"Modality\":null,\"PatientID\":null,\"SegmentNumber\":null,\"SeriesNumber\":null,\"SliceThickness\":null,\"StudyDate\":null,\"collection_id\":\"d\"}");
    assertThat(
            rows(
                engine,
                List.of(attribute("collection_id")),
                "{\"SeriesNumber\":[\"7\"],\"StudyDate\":[\"2001-%\"],\"SegmentNumber_gt\":[2.5]}"))
        .containsExactly("{\"collection_id\":\"a\"}");
  }

  @Test
  void absentColumnsAreExplained() throws IOException {
    QueryEngine engine = engine(emulator.settings());

    assertThat(engine.dialect().dataSource(Catalogue.PIVOT)).isEqualTo("idc.sample.dicom_pivot");
    assertThat(engine.dialect().whyAbsent(attribute("PatientID")))
        .isEqualTo("The BigQuery table idc.sample.dicom_pivot does not have it.");
  }

  @Test
  void imagesWithoutPatientsCannotBeFilteredByPatients() throws IOException, InterruptedException {
    emulator.bigQuery().create(DatasetInfo.of("patients"));
    sql(
        "CREATE TABLE patients.dicom_pivot (collection_id STRING, SOPInstanceUID STRING,"
            + " gcs_url STRING)");
    sql("CREATE TABLE patients.tcga_clinical_rel9 (case_barcode STRING, vital_status STRING)");
    try (ReferenceService service =
        ReferenceService.builder()
            .dataFolder(emulator.home())
            .sampleSize(Emulator.SAMPLE)
            .absentColumns(AbsentColumns.NULL)
            .bigQuery(Emulator.settings("patients", Emulator.SCRATCH, emulator.endpoint()))
            .start()) {
      Walk walk =
          Walk.ofImages(Map.of("vital_status", List.of("Alive")), null, 10)
              .begin(service.baseUrl());

      assertThat(walk.status()).isEqualTo(400);
      assertThat(walk.message())
          .isEqualTo(
              "The data of this service has no column PatientID. The BigQuery table"
                  + " idc.patients.dicom_pivot does not have it.");
      assertThat(Walk.ofImages(Map.of(), null, 10).begin(service.baseUrl()).status())
          .isEqualTo(200);
    }
  }

  @Test
  void valuesAreParametersAndLimitsAreSent()
      throws InvalidFiltersException, IOException, SQLException {
    try (Proxy proxy = new Proxy(emulator.endpoint())) {
      QueryEngine engine =
          engine(
              new BigQuerySettings(
                  Emulator.PROJECT,
                  Optional.of("idc.sample"),
                  "idc.scratch",
                  Optional.of("EU"),
                  OptionalLong.of(12_345_678),
                  Optional.of(proxy.endpoint())));
      rows(
          engine,
          List.of(attribute("Modality")),
          "{\"Modality\":[\"secret-1\",\"secret-2\"],\"SeriesDescription\":[\"a\\\\b%\"]}");

      assertThat(proxy.bodies())
          .filteredOn(body -> body.contains("CREATE TABLE"))
          .singleElement()
          .satisfies(
              body -> {
                var job = JsonMapper.shared().readTree(body);
                assertThat(job.at("/configuration/query/query").asString())
                    .contains("INTERVAL 172800 SECOND")
                    .doesNotContain("secret");
                assertThat(job.at("/configuration/query/queryParameters").toString())
                    .contains("secret-1", "secret-2", "\"a\\\\\\\\b%\"");
                assertThat(job.at("/configuration/query/maximumBytesBilled").asString())
                    .isEqualTo("12345678");
                assertThat(job.at("/jobReference/location").asString()).isEqualTo("EU");
              });
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nowhere | scratch | The table idc.nowhere.dicom_pivot does not exist",
        "sample  | nowhere | The scratch data set idc.nowhere does not exist"
      })
  void whatIsMissingIsNamed(String dataset, String scratch, String message) {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> engine(Emulator.settings(dataset, scratch, emulator.endpoint())))
        .withMessageContaining(message);
  }

  @Test
  void anEndpointThatCannotBeReachedIsNamed() {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(
            () -> engine(Emulator.settings("sample", "scratch", URI.create("http://127.0.0.1:1"))))
        .withMessageContaining("Cannot reach BigQuery at http://127.0.0.1:1: ");
  }

  @Test
  void aMissingPermissionIsReportedAtTheStart() throws IOException {
    try (Proxy proxy = new Proxy(emulator.endpoint())) {
      proxy.inject(
          (request, emulated) ->
              request.matches("POST .*/jobs") ? new Proxy.Response(403, DENIED) : emulated.get());

      assertThatExceptionOfType(EngineException.class)
          .isThrownBy(() -> engine(Emulator.settings("sample", "scratch", proxy.endpoint())))
          .withMessageContaining("User does not have bigquery.jobs.create permission")
          .withMessageContaining("BigQuery Job User in the project idc");
    }
  }

  @Test
  void aQueryThatWouldBillTooMuchNamesTheOption() throws IOException {
    try (Proxy proxy = new Proxy(emulator.endpoint())) {
      QueryEngine engine = engine(Emulator.settings("sample", "scratch", proxy.endpoint()));
      proxy.inject(
          (request, emulated) ->
              new Proxy.Response(
                  200,
                  emulated
                      .get()
                      .body()
                      .replaceAll("\"status\":\\{\"state\":\"DONE\"}", TOO_MANY_BYTES)));

      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> rows(engine, List.of(attribute("Modality")), "{}"))
          .withMessageContaining("Query exceeded limit for bytes billed: 1000000.")
          .withMessageContaining("--bigquery-max-bytes-billed");
    }
  }

  @Test
  void aQueryThatBigQueryAcceptedDespiteAnErrorIsUsed()
      throws InvalidFiltersException, IOException, SQLException {
    try (Proxy proxy = new Proxy(emulator.endpoint())) {
      QueryEngine engine = engine(Emulator.settings("sample", "scratch", proxy.endpoint()));
      proxy.inject(
          (request, emulated) -> {
            Proxy.Response accepted = emulated.get();
            return request.matches("POST .*/jobs") ? new Proxy.Response(409, DUPLICATE) : accepted;
          });

      assertThat(rows(engine, List.of(attribute("Modality")), "{}")).isNotEmpty();
    }
  }

  @Test
  void credentialsAreNotSentOverHttp() {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(
            () -> engine(Emulator.settings("sample", "scratch", URI.create("http://192.0.2.1"))))
        .withMessageContaining("The BigQuery endpoint http://192.0.2.1 must use https");
  }

  @ParameterizedTest
  @MethodSource
  void temporaryErrorsAreRetried(Proxy.Response error)
      throws InvalidFiltersException, IOException, SQLException {
    try (Proxy proxy = new Proxy(emulator.endpoint())) {
      QueryEngine engine = engine(Emulator.settings("sample", "scratch", proxy.endpoint()));
      List<String> failed = new CopyOnWriteArrayList<>();
      proxy.inject(
          (request, emulated) -> {
            String kind = request.replaceAll("idc4j_\\w+", "ID");
            if (failed.contains(kind)) {
              return emulated.get();
            }
            failed.add(kind);
            return error;
          });

      assertThat(rows(engine, List.of(attribute("Modality")), "{}")).isNotEmpty();
      assertThat(failed).hasSizeGreaterThanOrEqualTo(4);
    }
  }

  static Stream<Proxy.Response> temporaryErrorsAreRetried() {
    return Stream.of(new Proxy.Response(503, BUSY), new Proxy.Response(403, TOO_FAST));
  }
}
