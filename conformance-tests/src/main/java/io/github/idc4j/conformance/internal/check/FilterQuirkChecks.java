package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.Skipped;
import java.util.List;
import java.util.Map;

/**
 * Checks of filter quirks. Both the deployed behavior and the expected behavior pass, and the
 * report shows which of them was observed.
 */
final class FilterQuirkChecks {

  private static final String AGE = "age_at_diagnosis";

  /** A number greater than any value in the data. */
  private static final double VERY_LARGE = 1e12;

  static List<Check> all() {
    return new CheckList("quirks")
        .check(
            "clinical-join",
            "Result of a clinical attribute that matches no patient",
            FilterQuirkChecks::clinicalJoin,
            "quirks.clinical-join")
        .check(
            "none-with-sql",
            "Effect of sql=True on None as a value",
            FilterQuirkChecks::noneWithSql,
            "quirks.none-with-sql")
        .check(
            "saved-range",
            "Manifest of a saved cohort with a range",
            FilterQuirkChecks::savedRange,
            "quirks.saved-range")
        .check(
            "saved-number",
            "Manifest of a saved cohort with a plain number",
            FilterQuirkChecks::savedNumber,
            "quirks.saved-number")
        .checks();
  }

  private FilterQuirkChecks() {}

  private static void clinicalJoin(CheckContext context) {
    List<String> collection = Previews.collection(context);
    long found =
        Previews.instances(
            context, Map.of("collection_id", collection, AGE + "_gt", List.of(VERY_LARGE)));
    long all = Previews.instances(context, Map.of("collection_id", collection));
    assertThat(found).as("number of instances").isBetween(0L, all);
    context.observed(
        found == 0
            ? "no images"
            : "images of patients without clinical data are kept, as deployed");
  }

  private static void noneWithSql(CheckContext context) {
    Map<String, ?> filters =
        Map.of("collection_id", Previews.collection(context), "BodyPartExamined", List.of("None"));
    long without = Previews.instances(context, filters);
    ApiRequest request = Previews.manifest("SOPInstanceUID", filters).with("sql", "True");
    Exchange response = context.sendUnvalidated(request);
    if (response.status() == 400) {
      context.observed("refused with 400, as deployed");
      return;
    }
    long with = totalFound(context, request, response);
    assertThat(with).as("number of instances").isNotNegative();
    context.observed(
        with == without ? "the same rows" : "other rows than without sql, as deployed");
  }

  private static void savedRange(CheckContext context) {
    compareWithPreview(context, "SliceThickness_gt", false);
  }

  private static void savedNumber(CheckContext context) {
    compareWithPreview(context, "SliceThickness", true);
  }

  private static void compareWithPreview(CheckContext context, String attribute, boolean mayFail) {
    Expect.user(context);
    double value = thickness(context);
    Map<String, ?> filters =
        Map.of("collection_id", Previews.collection(context), attribute, List.of(value));
    long previewed = Previews.instances(context, filters);
    try (SavedCohort cohort = SavedCohort.make(context, filters)) {
      ApiRequest request = cohort.manifest().with("SOPInstanceUID", "True").with("page_size", 1);
      Exchange response = context.sendUnvalidated(request);
      if (mayFail && response.status() == 500) {
        context.observed("500 for the manifest of the saved cohort, as deployed");
        return;
      }
      long saved = totalFound(context, request, response);
      assertThat(saved).as("number of instances of the saved cohort").isNotNegative();
      context.observed(
          saved == previewed
              ? "the rows of the preview"
              : saved + " instances, but the preview has " + previewed + ", as deployed");
    }
  }

  /** Returns the total number of rows. Repeats the request only if the query was pending. */
  private static long totalFound(CheckContext context, ApiRequest request, Exchange response) {
    return PagedEndpoint.MANIFEST.totalFound(
        response.status() == 200
            ? response
            : Walk.finish(context, PagedEndpoint.MANIFEST, request));
  }

  /** Returns a slice thickness that occurs in the collection. */
  private static double thickness(CheckContext context) {
    List<String> values = Previews.values(context, "SliceThickness");
    Skipped.unless(!values.isEmpty(), "no image of the collection has a slice thickness");
    return Double.parseDouble(values.get(0));
  }
}
