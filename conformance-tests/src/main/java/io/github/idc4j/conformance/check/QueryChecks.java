package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.conformance.Cohort;
import io.github.idc4j.conformance.Csv;
import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import io.github.idc4j.openapi.IdcOpenApi;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Queries: fields, bodies, saved cohorts; and the first call of dicomMetadata. */
@Area("query")
@Order(6)
@ExtendWith(TargetExtension.class)
final class QueryChecks {

  private static final String PREVIEW = "/cohorts/query/preview";

  private static Call preview(Target target, String... fields) {
    return Call.post(PREVIEW)
        .json(
            Cohort.query(
                Map.of("collection_id", new String[] {target.facts().collection()}), fields));
  }

  private static Exchange page(Target target, Call call) {
    return Walk.finish(target, Family.QUERY, call);
  }

  @Test
  @Checks("query.fields")
  @DisplayName("Rows have the fields asked for, and no others")
  void fields(Target target) {
    Exchange page =
        page(
            target,
            preview(target, "SeriesInstanceUID", "Modality", "SliceThickness", "StudyDate")
                .with("page_size", 10));
    assertThat(Family.QUERY.rows(page)).isNotEmpty();
    for (JsonNode row : Family.QUERY.rows(page)) {
      assertThat(row.propertyNames())
          .as("keys of a row")
          .containsExactlyInAnyOrder(
              "SeriesInstanceUID", "Modality", "SliceThickness", "StudyDate");
    }
  }

  @Test
  @Checks("query.echo")
  @DisplayName("A first page echoes the cohort that was asked for")
  void echo(Target target) {
    Exchange first = target.send(preview(target, "Modality"));
    assumeTrue(first.status() != 202, "the service answers 202, after which nothing is echoed");
    JsonNode cohort = Expect.status(first, 200).json().path("cohort_def");
    assertThat(cohort.path("name").asString("")).as("name").isEqualTo(Cohort.NAME);
    assertThat(cohort.path("description").asString("")).isEqualTo(Cohort.DESCRIPTION);
    assertThat(cohort.at("/filterSet/filters/collection_id/0").asString(""))
        .as("collection_id of filterSet")
        .isEqualTo(target.facts().collection());
  }

  @Test
  @Checks("query.distinct")
  @DisplayName("Rows are distinct")
  void distinct(Target target) {
    Exchange page = page(target, preview(target, "collection_id"));
    assertThat(Family.QUERY.totalFound(page)).as("totalFound of one collection").isEqualTo(1);
  }

  @Test
  @Checks("query.order")
  @DisplayName("Rows are in the order of all fields, as they were given")
  void order(Target target) {
    List<String> fields = new ArrayList<>(List.of("Modality", "PatientID", "SeriesInstanceUID"));
    Collections.shuffle(fields, target.random("query.order"));
    Exchange page =
        page(target, preview(target, fields.toArray(new String[0])).with("page_size", 500));
    String before = "";
    for (JsonNode row : Family.QUERY.rows(page)) {
      // A character less than any other parts the fields.
      String key =
          fields.stream()
              .map(field -> row.path(field).asString(""))
              .collect(Collectors.joining("\u0001"));
      assertThat(key.compareTo(before))
          .as("rows by %s: %s comes after %s", fields, key, before)
          .isPositive();
      before = key;
    }
  }

  @Test
  @Checks("query.surface-area")
  @DisplayName("Surface_area_of is taken and gives no column")
  void surfaceArea(Target target) {
    Exchange page =
        page(target, preview(target, "PatientID", "Surface_area_of").with("page_size", 1));
    for (JsonNode row : Family.QUERY.rows(page)) {
      assertThat(row.propertyNames()).as("keys of a row").containsExactly("PatientID");
    }
  }

  @ParameterizedTest(name = "The field {0} is refused with 400")
  @ValueSource(strings = {"NoSuchField", "Patient_ID", "modality", "ImageType"})
  @Checks("query.unknown-field")
  void unknownField(String field, Target target) {
    Expect.error(target.send(preview(target, field)), 400);
  }

  @ParameterizedTest(name = "A preview refuses a body {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "that is not JSON | {\"cohort_def\":",
        "that is a list | []",
        "without cohort_def | {\"queryFields\":{\"fields\":[\"PatientID\"]}}",
        "without queryFields | {\"cohort_def\":{\"name\":\"n\",\"filters\":{}}}",
        "without fields | {\"cohort_def\":{\"name\":\"n\",\"filters\":{}},\"queryFields\":{}}",
        "without name | {\"cohort_def\":{\"filters\":{}},\"queryFields\":{\"fields\":[\"PatientID\"]}}",
        "with an empty name | {\"cohort_def\":{\"name\":\"\",\"filters\":{}},\"queryFields\":{\"fields\":[\"PatientID\"]}}",
        "with fields that are no list | {\"cohort_def\":{\"name\":\"n\",\"filters\":{}},\"queryFields\":{\"fields\":\"PatientID\"}}",
        "with a number for a text | {\"cohort_def\":{\"name\":\"n\",\"filters\":{\"Modality\":[5]}},\"queryFields\":{\"fields\":[\"PatientID\"]}}",
        "without filters | {\"cohort_def\":{\"name\":\"n\"},\"queryFields\":{\"fields\":[\"PatientID\"]}}",
        "with an unknown attribute | {\"cohort_def\":{\"name\":\"n\",\"filters\":{\"foo\":[\"x\"]}},\"queryFields\":{\"fields\":[\"PatientID\"]}}",
        "with script in the name | {\"cohort_def\":{\"name\":\"<script>\",\"filters\":{}},\"queryFields\":{\"fields\":[\"PatientID\"]}}"
      })
  @Checks("query.refused-body")
  void refusedBody(String what, String body, Target target) {
    Expect.error(target.send(Call.post(PREVIEW).json(body)), 400);
  }

  @ParameterizedTest(name = "{0} refuses the query key {1}")
  @CsvSource({
    "/cohorts/query/preview, foo",
    "/cohorts/query/preview, next_page",
    "/dicomMetadata, foo",
    "/dicomMetadata, sql"
  })
  @Checks("query.unknown-key")
  void unknownKey(String path, String key, Target target) {
    Call call = path.equals(PREVIEW) ? preview(target, "PatientID") : Call.get(path);
    Expect.error(target.send(call.with(key, "x")), 400);
  }

  @ParameterizedTest(name = "{0} refuses page_size={1}")
  @CsvSource({"/cohorts/query/preview, abc", "/cohorts/query/preview, 1.5", "/dicomMetadata, abc"})
  @Checks("query.page-size")
  void pageSize(String path, String size, Target target) {
    Call call = path.equals(PREVIEW) ? preview(target, "PatientID") : Call.get(path);
    Expect.error(target.send(call.with("page_size", size)), 400);
  }

  @Test
  @Checks("query.saved")
  @DisplayName("POST /cohorts/query/{cohort_id} gives what the preview gives")
  void saved(Target target) {
    Expect.user(target);
    try (SavedCohort cohort = SavedCohort.make(target)) {
      Exchange previewed = page(target, preview(target, "PatientID", "Modality"));
      Exchange saved = page(target, cohort.query("PatientID", "Modality"));
      Expect.sameRows("the saved cohort", Family.QUERY.rows(saved), Family.QUERY.rows(previewed));
      assertThat(Family.QUERY.totalFound(saved))
          .as("totalFound of the saved cohort")
          .isEqualTo(Family.QUERY.totalFound(previewed));
    }
  }

  @Test
  @Checks("query.saved-refused")
  @DisplayName("A query of a deleted or foreign cohort is 403, of an unknown one 400")
  void savedRefused(Target target) {
    Expect.twoUsers(target);
    try (SavedCohort cohort = SavedCohort.make(target)) {
      Expect.error(target.send(cohort.query("PatientID").as(Bearer.SECOND)), 403);
      target.send(cohort.delete());
      Expect.error(target.send(cohort.query("PatientID")), 403);
    }
    Expect.error(
        target.send(
            Call.post("/cohorts/query/" + SavedCohort.UNKNOWN)
                .json(Cohort.fields("PatientID"))
                .as(Bearer.FIRST)),
        400);
  }

  @Test
  @Checks("query.saved-fields")
  @DisplayName("A query of a saved cohort refuses unknown fields, and a body without fields")
  void savedFields(Target target) {
    Expect.user(target);
    try (SavedCohort cohort = SavedCohort.make(target)) {
      Expect.error(target.send(cohort.query("NoSuchField")), 400);
      Expect.error(
          target.send(cohort.query().json("{\"queryFields\":{\"fields\":[\"PatientID\"]}}")), 400);
    }
  }

  @Test
  @Checks("query.dicom-metadata-caller")
  @DisplayName("GET /dicomMetadata is the same for a user and for nobody")
  void dicomMetadataOfUser(Target target) {
    Expect.user(target);
    Call first = Call.get("/dicomMetadata").with("page_size", 3);
    Expect.sameRows(
        "the user's page",
        Family.DICOM_METADATA.rows(
            Walk.finish(target, Family.DICOM_METADATA, first.as(Bearer.FIRST))),
        Family.DICOM_METADATA.rows(Walk.finish(target, Family.DICOM_METADATA, first)));
  }

  @Test
  @Checks("query.anonymous-dicom-metadata")
  @DisplayName("GET /dicomMetadata shows instances with all columns to anybody")
  void dicomMetadata(Target target) {
    List<String> columns =
        Csv.rows(IdcOpenApi.attributes()).stream()
            .filter(row -> row.get("dicom_metadata").equals("yes"))
            .map(row -> row.get("name"))
            .toList();
    Exchange page =
        Walk.finish(
            target, Family.DICOM_METADATA, Call.get("/dicomMetadata").with("page_size", 10));
    for (JsonNode row : Family.DICOM_METADATA.rows(page)) {
      assertThat(row.propertyNames())
          .as("columns of a row")
          .containsExactlyInAnyOrderElementsOf(columns);
    }
  }
}
