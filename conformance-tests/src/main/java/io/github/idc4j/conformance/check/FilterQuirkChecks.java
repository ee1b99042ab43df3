package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the deployed service was odd about filters: both ways pass, and the report says which. */
@Area("quirks")
@Order(13)
@ExtendWith(TargetExtension.class)
final class FilterQuirkChecks {

  private static final String AGE = "age_at_diagnosis";

  /** Greater than anything measured. */
  private static final double VERY_MUCH = 1e12;

  @Test
  @Checks("quirks.clinical-join")
  @DisplayName("A clinical attribute that matches nobody")
  void clinicalJoin(Target target) {
    List<String> collection = Previews.collection(target);
    long found =
        Previews.instances(
            target, Map.of("collection_id", collection, AGE + "_gt", List.of(VERY_MUCH)));
    long all = Previews.instances(target, Map.of("collection_id", collection));
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
        Map.of("collection_id", Previews.collection(target), "BodyPartExamined", List.of("None"));
    long without = Previews.instances(target, filters);
    long with =
        Family.MANIFEST.totalFound(
            Walk.finish(
                target,
                Family.MANIFEST,
                Previews.manifest("SOPInstanceUID", filters).with("sql", "True")));
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
    Map<String, ?> filters =
        Map.of("collection_id", Previews.collection(target), attribute, List.of(value));
    long previewed = Previews.instances(target, filters);
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
    List<String> values = Previews.values(target, "SliceThickness");
    assumeTrue(!values.isEmpty(), "no image of the collection has a slice thickness");
    return Double.parseDouble(values.get(0));
  }
}
