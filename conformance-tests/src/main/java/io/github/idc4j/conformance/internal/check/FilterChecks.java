package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.Skipped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Checks of filters. These checks work with any data. */
final class FilterChecks {

  static List<Check> all() {
    return new CheckList("filters")
        .check(
            "conjunction",
            "An additional attribute never adds rows",
            FilterChecks::conjunction,
            "filters.and")
        .check(
            "ignores-case",
            "Text is compared case-insensitively",
            FilterChecks::ignoresCase,
            "filters.case")
        .check(
            "collection-spelling",
            "collection_id is accepted in upper case with -, and returned in its normal form",
            FilterChecks::collectionSpelling,
            "filters.collection-spelling")
        .check(
            "disjunction",
            "The instances of two patients are those of each patient together",
            FilterChecks::disjunction,
            "filters.or")
        .check(
            "no-value",
            "None matches the images without a value",
            FilterChecks::noValue,
            "filters.null")
        .check(
            "equality",
            "A single text value without % is not a pattern: the beginning of a value matches nothing",
            FilterChecks::equality,
            "filters.equality")
        .check(
            "pattern",
            "A single text value with % is a pattern or, as a quirk, a literal",
            FilterChecks::pattern,
            "filters.like")
        .check(
            "range-ends",
            "Open and closed ends of a range differ by the rows at the end",
            FilterChecks::rangeEnds,
            "filters.range-ends")
        .check(
            "images-not-patients",
            "A filter selects images, not patients: other modalities of a patient are absent",
            FilterChecks::imagesNotPatients,
            "filters.images")
        .check(
            "list-is-literal",
            "In a list of several values, % is a literal",
            FilterChecks::listIsLiteral,
            "filters.list")
        .check(
            "by-patient-number",
            "age_at_diagnosis_gte selects all images of a patient, or none",
            context -> byPatient("age_at_diagnosis_gte", 0, context),
            "filters.patients")
        .check(
            "by-patient-text",
            "sample_type selects all images of a patient, or none",
            context -> byPatient("sample_type", "%", context),
            "filters.patients")
        .checks();
  }

  private FilterChecks() {}

  private static Exchange manifest(CheckContext context, String column, Map<String, ?> filters) {
    return Walk.finish(context, PagedEndpoint.MANIFEST, Previews.manifest(column, filters));
  }

  /**
   * Returns the modalities in the collection that the checks use. Skips the check if the service
   * has no suitable collection, or if the collection has no modality.
   */
  private static List<String> modalities(CheckContext context) {
    List<String> modalities = Previews.values(context, "Modality");
    Skipped.unless(!modalities.isEmpty(), "no image of the collection has a modality");
    return modalities;
  }

  private static List<String> some(List<String> modalities) {
    return modalities.subList(0, Math.min(2, modalities.size()));
  }

  private static long series(CheckContext context, String attribute, List<?> values) {
    return Previews.series(context, with(context, attribute, values));
  }

  /** Returns filters that select the collection and some values of an attribute. */
  private static Map<String, ?> with(CheckContext context, String attribute, List<?> values) {
    return Map.of("collection_id", Previews.collection(context), attribute, values);
  }

  private static void ignoresCase(CheckContext context) {
    List<String> upper = modalities(context);
    List<String> lower = upper.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    assertThat(series(context, "Modality", lower))
        .as("series by modality in lower case")
        .isEqualTo(series(context, "Modality", upper));
  }

  private static void collectionSpelling(CheckContext context) {
    String id = context.collection();
    Exchange page =
        manifest(
            context,
            "SeriesInstanceUID",
            Map.of("collection_id", List.of(id.toUpperCase(Locale.ROOT).replace('_', '-'))));
    assertThat(PagedEndpoint.MANIFEST.totalFound(page))
        .as("number of series")
        .isEqualTo(Previews.series(context, Map.of("collection_id", List.of(id))));
    assertThat(
            page.json().path("cohort").isMissingNode()
                || page.json()
                    .at("/cohort/filterSet/filters/collection_id/0")
                    .asString("")
                    .equals(id))
        .as("collection_id of the response is %s", id)
        .isTrue();
  }

  private static void conjunction(CheckContext context) {
    long all = Previews.series(context, Map.of("collection_id", Previews.collection(context)));
    for (String modality : some(modalities(context))) {
      assertThat(series(context, "Modality", List.of(modality)))
          .as("series of modality %s", modality)
          .isLessThanOrEqualTo(all);
      assertThat(
              PagedEndpoint.MANIFEST
                  .rows(
                      manifest(
                          context, "Collection_ID", with(context, "Modality", List.of(modality))))
                  .findValuesAsString("Collection_ID"))
          .as("collections of the images of modality %s in one collection", modality)
          .isEqualTo(Previews.collection(context));
    }
  }

  private static void disjunction(CheckContext context) {
    List<String> patients = new ArrayList<>();
    Walk walk =
        Walk.of(
            context,
            PagedEndpoint.QUERY,
            ApiRequest.post("/cohorts/query/preview")
                .with("page_size", 3)
                .json(
                    RequestBodies.query(
                        Map.of("collection_id", Previews.collection(context)), "PatientID")));
    while (walk.hasNext() && patients.size() < 2) {
      for (JsonNode row : PagedEndpoint.QUERY.rows(walk.next())) {
        if (!row.path("PatientID").isNull()) {
          patients.add(row.path("PatientID").asString());
        }
      }
    }
    Skipped.unless(patients.size() >= 2, "the collection has only one patient");
    List<String> two = patients.subList(0, 2);
    assertThat(instances(context, "PatientID", two))
        .as("instances of the patients %s", two)
        .isEqualTo(
            instances(context, "PatientID", two.subList(0, 1))
                + instances(context, "PatientID", two.subList(1, 2)));
  }

  private static long instances(CheckContext context, String attribute, List<?> values) {
    return Previews.instances(context, with(context, attribute, values));
  }

  /** Filters by all values instead of the pattern {@code %}, because {@code %} may be a literal. */
  private static void noValue(CheckContext context) {
    long all = Previews.instances(context, Map.of("collection_id", Previews.collection(context)));
    List<String> values = Previews.values(context, "BodyPartExamined");
    long without = instances(context, "BodyPartExamined", List.of("None"));
    long with = values.isEmpty() ? 0 : instances(context, "BodyPartExamined", values);
    assertThat(without + with)
        .as("sum of instances without BodyPartExamined (%d) and with it (%d)", without, with)
        .isEqualTo(all);
  }

  private static void equality(CheckContext context) {
    List<String> modalities = modalities(context);
    String beginning = modalities.get(0).substring(0, 1);
    Skipped.unless(
        modalities.stream().noneMatch(beginning::equalsIgnoreCase),
        "the collection has the modality " + beginning);
    assertThat(series(context, "Modality", List.of(beginning)))
        .as("series of modality %s", beginning)
        .isZero();
  }

  private static void pattern(CheckContext context) {
    List<String> patients =
        Previews.values(context, "PatientID").stream()
            .filter(patient -> patient.matches("[^%_]{2,}"))
            .toList();
    Skipped.unless(!patients.isEmpty(), "no patient's identifier is suitable for a pattern");
    String beginning = patients.get(0).substring(0, patients.get(0).length() - 1);
    List<String> matching =
        patients.stream()
            .filter(patient -> patient.regionMatches(true, 0, beginning, 0, beginning.length()))
            .toList();
    long found = series(context, "PatientID", List.of(beginning + "%"));
    assertThat(found)
        .as("series of the patients %s%%: those of %s, or none as deployed", beginning, matching)
        .isIn(series(context, "PatientID", matching), 0L);
    context.observed(found == 0 ? "% is a literal, as deployed" : "% is a pattern");
  }

  private static void rangeEnds(CheckContext context) {
    List<Double> values =
        Previews.values(context, "SliceThickness").stream().map(Double::valueOf).sorted().toList();
    Skipped.unless(values.size() >= 2, "the collection has fewer than two slice thicknesses");
    double low = values.get(0);
    double high = values.get(values.size() - 1);
    long open = thickness(context, "_btw", low, high);
    long lowClosed = thickness(context, "_ebtw", low, high);
    long highClosed = thickness(context, "_btwe", low, high);
    long closed = thickness(context, "_ebtwe", low, high);
    long atLow = thickness(context, "", low);
    long atHigh = thickness(context, "", high);
    assertThat(lowClosed).as("instances with the low end closed").isEqualTo(open + atLow);
    assertThat(highClosed).as("instances with the high end closed").isEqualTo(open + atHigh);
    assertThat(closed).as("instances with both ends closed").isEqualTo(open + atLow + atHigh);
    assertThat(thickness(context, "_lte", low))
        .as("instances with at most the least")
        .isEqualTo(atLow);
    assertThat(thickness(context, "_lt", low)).as("instances below the least").isZero();
    assertThat(thickness(context, "_gte", high))
        .as("instances with at least the greatest")
        .isEqualTo(atHigh);
    assertThat(thickness(context, "_gt", high)).as("instances above the greatest").isZero();
  }

  private static long thickness(CheckContext context, String suffix, Double... values) {
    return instances(context, "SliceThickness" + suffix, List.of(values));
  }

  private static void imagesNotPatients(CheckContext context) {
    List<String> wanted = some(modalities(context));
    Expect.sameValues(
        "modalities of images with one of " + wanted,
        Previews.values(context, "Modality", with(context, "Modality", wanted)),
        wanted);
  }

  private static void listIsLiteral(CheckContext context) {
    assertThat(series(context, "Modality", List.of("%", "no such modality")))
        .as("series of the modalities %% and an unknown one")
        .isZero();
  }

  private static void byPatient(String attribute, Object value, CheckContext context) {
    Map<String, ?> known = Map.of(attribute, List.of(value));
    JsonNode rows = PagedEndpoint.MANIFEST.rows(manifest(context, "Patient_ID", known));
    Skipped.unless(!rows.isEmpty(), () -> "no patient has " + attribute);
    String patient = rows.path(0).path("Patient_ID").asString();
    Map<String, Object> both = new HashMap<>(known);
    both.put("PatientID", List.of(patient));
    assertThat(Previews.instances(context, both))
        .as("instances of patient %s, with and without a filter by %s", patient, attribute)
        .isEqualTo(Previews.instances(context, Map.of("PatientID", List.of(patient))));
  }
}
