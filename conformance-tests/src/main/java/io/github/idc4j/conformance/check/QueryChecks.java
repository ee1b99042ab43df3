package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.conformance.Cohort;
import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import io.github.idc4j.conformance.rule.Csv;
import io.github.idc4j.openapi.IdcOpenApi;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
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
  @Checks("query.sql")
  @DisplayName("sql=True shows the SQL of a query; any other value, or none, does not")
  void sql(Target target) {
    Call call = preview(target, "Modality").with("page_size", 1);
    Exchange shown = target.send(call.with("sql", "True"));
    assumeTrue(shown.status() != 202, "the service answers 202, after which the SQL is not shown");
    assertThat(Expect.status(shown, 200).json().at("/cohort_def/sql").asString(""))
        .as("sql for sql=True")
        .isNotBlank();
    assertThat(page(target, call.with("sql", "true")).json().at("/cohort_def/sql").asString(""))
        .as("sql for sql=true")
        .isEmpty();
    assertThat(page(target, call).json().at("/cohort_def/sql").asString(""))
        .as("sql without the key")
        .isEmpty();
  }

  @Test
  @Checks("query.no-rows")
  @DisplayName("A query that matches nothing has 0 rows and no token")
  void noRows(Target target) {
    Exchange page =
        page(
            target,
            Call.post(PREVIEW)
                .json(
                    Cohort.query(
                        Map.of("collection_id", List.of("no_such_collection")), "PatientID")));
    assertThat(Family.QUERY.totalFound(page)).as("totalFound").isZero();
    assertThat(Family.QUERY.rows(page)).as("rows").isEmpty();
    assertThat(Family.QUERY.token(page)).as("next_page").isEmpty();
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
    RowOrder order = new RowOrder(fields);
    for (JsonNode row : Family.QUERY.rows(page)) {
      assertThat(order.compare(row)).as("rows %s", order).isPositive();
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

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("query.unknown-field")
  void unknownField(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("query.refused-body")
  void refusedBody(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("query.unknown-key")
  void unknownKey(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("query.page-size")
  void pageSize(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @Test
  @Checks("query.saved")
  @DisplayName("POST /cohorts/query/{cohort_id} gives what the preview gives")
  void saved(Target target) {
    Expect.user(target);
    Map<String, ?> filters = target.facts().someSeries();
    try (SavedCohort cohort = SavedCohort.make(target, filters)) {
      Exchange previewed =
          page(
              target,
              Call.post(PREVIEW).json(Cohort.query(filters, "SeriesInstanceUID", "Modality")));
      Exchange saved = page(target, cohort.query("SeriesInstanceUID", "Modality"));
      Expect.sameRows("the saved cohort", Family.QUERY.rows(saved), Family.QUERY.rows(previewed));
      assertThat(Family.QUERY.totalFound(saved))
          .as("totalFound of the saved cohort")
          .isEqualTo(Family.QUERY.totalFound(previewed));
    }
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("query.saved-refused")
  void savedRefused(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("query.saved-fields")
  void savedFields(Negative negative, Target target) {
    negative.isRefused(target);
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
