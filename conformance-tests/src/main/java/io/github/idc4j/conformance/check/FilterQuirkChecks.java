package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.idc4j.conformance.Cohort;
import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
import io.github.idc4j.conformance.http.Call;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Where the deployed service was odd about filters: both ways pass, and the report says which. */
@Area("quirks")
@Order(13)
@ExtendWith(TargetExtension.class)
final class FilterQuirkChecks {

  private static final String MANIFEST = "/cohorts/manifest/preview";
  private static final String QUERY = "/cohorts/query/preview";
  private static final String AGE = "age_at_diagnosis";

  /** Greater than anything measured. */
  private static final double VERY_MUCH = 1e12;

  @Test
  @Checks("quirks.clinical-join")
  @DisplayName("A clinical attribute that matches nobody")
  void clinicalJoin(Target target) {
    long found =
        count(target, Map.of("collection_id", collection(target), AGE + "_gt", List.of(VERY_MUCH)));
    long all = count(target, Map.of("collection_id", collection(target)));
    assertThat(found).as("instances").isBetween(0L, all);
    target.saw(
        found == 0
            ? "no images"
            : "images of patients without clinical data are kept, as deployed");
  }

  @Test
  @Checks("quirks.none-with-sql")
  @DisplayName("None as a value, with sql=True")
  void noneWithSql(Target target) {
    Map<String, ?> filters =
        Map.of("collection_id", collection(target), "BodyPartExamined", List.of("None"));
    long without = count(target, filters);
    long with =
        Family.MANIFEST.totalFound(
            Walk.finish(target, Family.MANIFEST, instances(filters).with("sql", "True")));
    assertThat(with).as("instances").isNotNegative();
    target.saw(with == without ? "the same rows" : "other rows than without sql, as deployed");
  }

  @Test
  @Checks("quirks.saved-range")
  @DisplayName("A saved cohort with a range")
  void savedRange(Target target) {
    likePreview(target, "SliceThickness_gt", thickness(target));
  }

  @Test
  @Checks("quirks.saved-number")
  @DisplayName("A saved cohort with a plain number")
  void savedNumber(Target target) {
    likePreview(target, "SliceThickness", thickness(target));
  }

  private static void likePreview(Target target, String attribute, double value) {
    Expect.user(target);
    Map<String, ?> filters = Map.of("collection_id", collection(target), attribute, List.of(value));
    long previewed = count(target, filters);
    try (SavedCohort cohort = SavedCohort.make(target, filters)) {
      long saved =
          Family.MANIFEST.totalFound(
              Walk.finish(
                  target,
                  Family.MANIFEST,
                  cohort.manifest().with("SOPInstanceUID", "True").with("page_size", 1)));
      assertThat(saved).as("instances of the saved cohort").isNotNegative();
      target.saw(
          saved == previewed
              ? "the rows of the preview"
              : saved + " instances, not " + previewed + " as in the preview, as deployed");
    }
  }

  /** Returns a slice thickness that images of the collection have. */
  private static double thickness(Target target) {
    JsonNode rows =
        Family.QUERY.rows(
            Walk.finish(
                target,
                Family.QUERY,
                Call.post(QUERY)
                    .json(
                        Cohort.query(
                            Map.of("collection_id", collection(target)), "SliceThickness"))));
    for (JsonNode row : rows) {
      if (!row.path("SliceThickness").isNull()) {
        return Double.parseDouble(row.path("SliceThickness").asString());
      }
    }
    return abort("no image of the collection has a slice thickness");
  }

  private static List<String> collection(Target target) {
    return List.of(target.facts().collection());
  }

  private static Call instances(Map<String, ?> filters) {
    return Call.post(MANIFEST)
        .with("SOPInstanceUID", "True")
        .with("page_size", 1)
        .json(Cohort.of(filters));
  }

  private static long count(Target target, Map<String, ?> filters) {
    return Family.MANIFEST.totalFound(Walk.finish(target, Family.MANIFEST, instances(filters)));
  }
}
