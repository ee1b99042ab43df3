package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.conformance.Cohort;
import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Laws of filters that hold for any data. */
@Area("filters")
@Order(10)
@ExtendWith(TargetExtension.class)
final class FilterChecks {

  /** So many attributes still make a query that a service runs. */
  private static final int ATTRIBUTES_AT_ONCE = 100;

  private static Exchange manifest(Target target, String column, Map<String, ?> filters) {
    return Walk.finish(
        target,
        Family.MANIFEST,
        Call.post("/cohorts/manifest/preview")
            .with(column, "True")
            .with("page_size", 1)
            .json(Cohort.of(filters)));
  }

  private static long count(Target target, Map<String, ?> filters) {
    return Family.MANIFEST.totalFound(manifest(target, "SeriesInstanceUID", filters));
  }

  private static List<String> collection(Target target) {
    return List.of(target.facts().collection());
  }

  /** Returns the modalities of the collection that the checks use. */
  private static List<String> modalities(Target target) {
    Exchange page =
        Walk.finish(
            target,
            Family.QUERY,
            Call.post("/cohorts/query/preview")
                .json(Cohort.query(Map.of("collection_id", collection(target)), "Modality")));
    List<String> modalities = new ArrayList<>();
    for (JsonNode row : Family.QUERY.rows(page)) {
      if (!row.path("Modality").isNull()) {
        modalities.add(row.path("Modality").asString());
      }
    }
    return modalities;
  }

  @Test
  @Checks("filters.case")
  @DisplayName("Text is compared without regard to case")
  void ignoresCase(Target target) {
    List<String> upper = modalities(target);
    List<String> lower = upper.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    assertThat(count(target, Map.of("collection_id", collection(target), "Modality", lower)))
        .as("series by modality in lower case")
        .isEqualTo(count(target, Map.of("collection_id", collection(target), "Modality", upper)));
  }

  @Test
  @Checks("filters.collection-spelling")
  @DisplayName("collection_id is taken in upper case with -, and echoed in its own spelling")
  void collectionSpelling(Target target) {
    String id = target.facts().collection();
    Exchange page =
        manifest(
            target,
            "SeriesInstanceUID",
            Map.of("collection_id", List.of(id.toUpperCase(Locale.ROOT).replace('_', '-'))));
    assertThat(Family.MANIFEST.totalFound(page))
        .as("series")
        .isEqualTo(count(target, Map.of("collection_id", List.of(id))));
    assertThat(
            page.json().path("cohort").isMissingNode()
                || page.json()
                    .at("/cohort/filterSet/filters/collection_id/0")
                    .asString("")
                    .equals(id))
        .as("collection_id is echoed as %s", id)
        .isTrue();
  }

  @Test
  @Checks("filters.and")
  @DisplayName("A further attribute never adds rows")
  void conjunction(Target target) {
    long all = count(target, Map.of("collection_id", collection(target)));
    for (String modality : modalities(target)) {
      Map<String, ?> both =
          Map.of("collection_id", collection(target), "Modality", List.of(modality));
      assertThat(count(target, both))
          .as("series of modality %s", modality)
          .isLessThanOrEqualTo(all);
      assertThat(
              Family.MANIFEST
                  .rows(manifest(target, "Collection_ID", both))
                  .findValuesAsString("Collection_ID"))
          .as("collections of a collection's images of modality %s", modality)
          .isEqualTo(collection(target));
    }
  }

  @Test
  @Checks("filters.or")
  @DisplayName("The values of a list add up: each series is of one patient")
  void disjunction(Target target) {
    Exchange page =
        Walk.finish(
            target,
            Family.QUERY,
            Call.post("/cohorts/query/preview")
                .with("page_size", 2)
                .json(Cohort.query(Map.of("collection_id", collection(target)), "PatientID")));
    assumeTrue(Family.QUERY.rows(page).size() == 2, "the collection has only one patient");
    String one = Family.QUERY.rows(page).path(0).path("PatientID").asString();
    String other = Family.QUERY.rows(page).path(1).path("PatientID").asString();
    assertThat(count(target, patients(target, one, other)))
        .as("series of the patients %s and %s", one, other)
        .isEqualTo(count(target, patients(target, one)) + count(target, patients(target, other)));
  }

  private static Map<String, ?> patients(Target target, String... patients) {
    return Map.of("collection_id", collection(target), "PatientID", patients);
  }

  @Test
  @Checks("filters.null")
  @DisplayName("None matches images without a value, and % those with one")
  void noValue(Target target) {
    long all = instances(target, Map.of("collection_id", collection(target)));
    long without = instances(target, bodyPart(target, "None"));
    long with = instances(target, bodyPart(target, "%"));
    assertThat(without + with)
        .as("instances without BodyPartExamined (%d) and with it (%d), together", without, with)
        .isEqualTo(all);
  }

  private static long instances(Target target, Map<String, ?> filters) {
    return Family.MANIFEST.totalFound(manifest(target, "SOPInstanceUID", filters));
  }

  private static Map<String, ?> bodyPart(Target target, String value) {
    return Map.of("collection_id", collection(target), "BodyPartExamined", List.of(value));
  }

  @Test
  @Checks("filters.equality")
  @DisplayName("A single text without % is no pattern: the beginning of a value matches nothing")
  void equality(Target target) {
    List<String> modalities = modalities(target);
    String beginning = modalities.get(0).substring(0, 1);
    assumeTrue(!modalities.contains(beginning), "a modality is called " + beginning);
    assertThat(
            count(
                target,
                Map.of("collection_id", collection(target), "Modality", List.of(beginning))))
        .as("series of modality %s", beginning)
        .isZero();
  }

  @Test
  @Checks("filters.like")
  @DisplayName("A single text with % is a pattern")
  void pattern(Target target) {
    String modality = modalities(target).get(0);
    assertThat(
            count(
                target,
                Map.of(
                    "collection_id",
                    collection(target),
                    "Modality",
                    List.of(modality.substring(0, 1) + "%"))))
        .as("series of a pattern, against those of a modality that it matches")
        .isGreaterThanOrEqualTo(
            count(
                target,
                Map.of("collection_id", collection(target), "Modality", List.of(modality))));
    assertThat(count(target, Map.of("collection_id", collection(target), "Modality", List.of("%"))))
        .as("series of the pattern %%")
        .isEqualTo(
            count(
                target,
                Map.of("collection_id", collection(target), "Modality", modalities(target))));
  }

  @Test
  @Checks("filters.range-ends")
  @DisplayName("Open and closed ends of a range differ by the rows on the end")
  void rangeEnds(Target target) {
    Exchange page =
        Walk.finish(
            target,
            Family.QUERY,
            Call.post("/cohorts/query/preview")
                .json(Cohort.query(Map.of("collection_id", collection(target)), "SliceThickness")));
    List<Double> values = new ArrayList<>();
    for (JsonNode row : Family.QUERY.rows(page)) {
      if (!row.path("SliceThickness").isNull()) {
        values.add(Double.valueOf(row.path("SliceThickness").asString()));
      }
    }
    assumeTrue(values.size() >= 2, "the collection has fewer than two slice thicknesses");
    values.sort(null);
    double low = values.get(0);
    double high = values.get(values.size() - 1);
    long open = thickness(target, "_btw", low, high);
    long lowClosed = thickness(target, "_ebtw", low, high);
    long highClosed = thickness(target, "_btwe", low, high);
    long closed = thickness(target, "_ebtwe", low, high);
    long atLow = thickness(target, "", low);
    long atHigh = thickness(target, "", high);
    assertThat(lowClosed).as("instances with the low end closed").isEqualTo(open + atLow);
    assertThat(highClosed).as("instances with the high end closed").isEqualTo(open + atHigh);
    assertThat(closed).as("instances with both ends closed").isEqualTo(open + atLow + atHigh);
    assertThat(thickness(target, "_lte", low)).as("instances up to the least").isEqualTo(atLow);
    assertThat(thickness(target, "_lt", low)).as("instances below the least").isZero();
    assertThat(thickness(target, "_gte", high)).as("instances from the most").isEqualTo(atHigh);
    assertThat(thickness(target, "_gt", high)).as("instances above the most").isZero();
  }

  private static long thickness(Target target, String suffix, Double... values) {
    return instances(
        target, Map.of("collection_id", collection(target), "SliceThickness" + suffix, values));
  }

  @Test
  @Checks("filters.images")
  @DisplayName("A filter selects images, not patients: other modalities of a patient are not there")
  void imagesNotPatients(Target target) {
    List<String> wanted = modalities(target);
    wanted = wanted.subList(0, Math.min(2, wanted.size()));
    assumeTrue(!wanted.isEmpty(), "no image of the collection has a modality");
    Exchange page =
        Walk.finish(
            target,
            Family.QUERY,
            Call.post("/cohorts/query/preview")
                .json(
                    Cohort.query(
                        Map.of("collection_id", collection(target), "Modality", wanted),
                        "Modality")));
    assertThat(Family.QUERY.rows(page).findValuesAsString("Modality"))
        .as("modalities of images with one of %s", wanted)
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  @Checks("filters.list")
  @DisplayName("In a list of several, % is no pattern")
  void listIsLiteral(Target target) {
    Map<String, ?> none =
        Map.of("collection_id", collection(target), "Modality", List.of("%", "no such modality"));
    assertThat(count(target, none)).as("series of the modalities %% and another").isZero();
  }

  @ParameterizedTest(name = "{0} selects all images of a patient, or none")
  @CsvSource({"age_at_diagnosis_gte, 0", "sample_type, %"})
  @Checks("filters.patients")
  void byPatient(String attribute, String value, Target target) {
    Map<String, ?> known =
        Map.of(attribute, List.of(value.equals("%") ? value : Integer.valueOf(value)));
    JsonNode rows = Family.MANIFEST.rows(manifest(target, "Patient_ID", known));
    assumeTrue(!rows.isEmpty(), () -> "no patient has " + attribute);
    String patient = rows.path(0).path("Patient_ID").asString();
    Map<String, Object> both = new HashMap<>(known);
    both.put("PatientID", List.of(patient));
    assertThat(instances(target, both))
        .as("instances of patient %s, with and without a filter by %s", patient, attribute)
        .isEqualTo(instances(target, Map.of("PatientID", List.of(patient))));
  }

  @Test
  @Checks("filters.attributes")
  @DisplayName("GET /attributes lists the names that filters accept, and no others")
  void attributes(Target target) {
    List<String> listed = new ArrayList<>();
    Expect.status(target.send(Call.get("/attributes")), 200)
        .json()
        .path("data_sources")
        .forEach(
            source ->
                source
                    .path("attributes")
                    .forEach(attribute -> listed.add(attribute.path("name").asString())));
    Map<String, List<Object>> all = Attributes.withValues();
    assertThat(listed)
        .as("names of GET /attributes")
        .containsExactlyInAnyOrderElementsOf(all.keySet());
    Map<String, Object> some = new LinkedHashMap<>();
    for (Map.Entry<String, List<Object>> attribute : all.entrySet()) {
      some.put(attribute.getKey(), attribute.getValue());
      if (some.size() == ATTRIBUTES_AT_ONCE) {
        manifest(target, "Patient_ID", some);
        some.clear();
      }
    }
    manifest(target, "Patient_ID", some);
  }
}
