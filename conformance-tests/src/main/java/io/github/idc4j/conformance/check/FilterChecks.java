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
    return Walk.finish(target, Family.MANIFEST, Previews.manifest(column, filters));
  }

  /** Returns the modalities of the collection that the checks use; skips without one. */
  private static List<String> modalities(Target target) {
    List<String> modalities = Previews.values(target, "Modality");
    assumeTrue(!modalities.isEmpty(), "no image of the collection has a modality");
    return modalities;
  }

  private static List<String> some(List<String> modalities) {
    return modalities.subList(0, Math.min(2, modalities.size()));
  }

  private static long series(Target target, String attribute, List<?> values) {
    return Previews.series(target, with(target, attribute, values));
  }

  /** Returns filters by the collection and an attribute. */
  private static Map<String, ?> with(Target target, String attribute, List<?> values) {
    return Map.of("collection_id", Previews.collection(target), attribute, values);
  }

  @Test
  @Checks("filters.case")
  @DisplayName("Text is compared without regard to case")
  void ignoresCase(Target target) {
    List<String> upper = modalities(target);
    List<String> lower = upper.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    assertThat(series(target, "Modality", lower))
        .as("series by modality in lower case")
        .isEqualTo(series(target, "Modality", upper));
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
        .isEqualTo(Previews.series(target, Map.of("collection_id", List.of(id))));
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
    long all = Previews.series(target, Map.of("collection_id", Previews.collection(target)));
    for (String modality : some(modalities(target))) {
      assertThat(series(target, "Modality", List.of(modality)))
          .as("series of modality %s", modality)
          .isLessThanOrEqualTo(all);
      assertThat(
              Family.MANIFEST
                  .rows(
                      manifest(
                          target, "Collection_ID", with(target, "Modality", List.of(modality))))
                  .findValuesAsString("Collection_ID"))
          .as("collections of a collection's images of modality %s", modality)
          .isEqualTo(Previews.collection(target));
    }
  }

  @Test
  @Checks("filters.or")
  @DisplayName("The values of a list add up: each instance is of one patient")
  void disjunction(Target target) {
    List<String> patients = new ArrayList<>();
    Walk walk =
        Walk.of(
            target,
            Family.QUERY,
            Call.post("/cohorts/query/preview")
                .with("page_size", 3)
                .json(
                    Cohort.query(
                        Map.of("collection_id", Previews.collection(target)), "PatientID")));
    while (walk.hasNext() && patients.size() < 2) {
      for (JsonNode row : Family.QUERY.rows(walk.next())) {
        if (!row.path("PatientID").isNull()) {
          patients.add(row.path("PatientID").asString());
        }
      }
    }
    assumeTrue(patients.size() >= 2, "the collection has only one patient");
    List<String> two = patients.subList(0, 2);
    assertThat(instances(target, "PatientID", two))
        .as("instances of the patients %s", two)
        .isEqualTo(
            instances(target, "PatientID", two.subList(0, 1))
                + instances(target, "PatientID", two.subList(1, 2)));
  }

  private static long instances(Target target, String attribute, List<?> values) {
    return Previews.instances(target, with(target, attribute, values));
  }

  @Test
  @Checks("filters.null")
  @DisplayName("None matches images without a value, and % those with one")
  void noValue(Target target) {
    long all = Previews.instances(target, Map.of("collection_id", Previews.collection(target)));
    long without = instances(target, "BodyPartExamined", List.of("None"));
    long with = instances(target, "BodyPartExamined", List.of("%"));
    assertThat(without + with)
        .as("instances without BodyPartExamined (%d) and with it (%d), together", without, with)
        .isEqualTo(all);
  }

  @Test
  @Checks("filters.equality")
  @DisplayName("A single text without % is no pattern: the beginning of a value matches nothing")
  void equality(Target target) {
    List<String> modalities = modalities(target);
    String beginning = modalities.get(0).substring(0, 1);
    assumeTrue(
        modalities.stream().noneMatch(beginning::equalsIgnoreCase),
        "a modality is called " + beginning);
    assertThat(series(target, "Modality", List.of(beginning)))
        .as("series of modality %s", beginning)
        .isZero();
  }

  @Test
  @Checks("filters.like")
  @DisplayName("A single text with % is a pattern")
  void pattern(Target target) {
    List<String> modalities = modalities(target);
    String modality = modalities.get(0);
    assertThat(series(target, "Modality", List.of(modality.substring(0, 1) + "%")))
        .as("series of a pattern, against those of a modality that it matches")
        .isGreaterThanOrEqualTo(series(target, "Modality", List.of(modality)));
    assertThat(series(target, "Modality", List.of("%")))
        .as("series of the pattern %%")
        .isEqualTo(series(target, "Modality", modalities));
  }

  @Test
  @Checks("filters.range-ends")
  @DisplayName("Open and closed ends of a range differ by the rows on the end")
  void rangeEnds(Target target) {
    List<Double> values =
        Previews.values(target, "SliceThickness").stream().map(Double::valueOf).sorted().toList();
    assumeTrue(values.size() >= 2, "the collection has fewer than two slice thicknesses");
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
    return instances(target, "SliceThickness" + suffix, List.of(values));
  }

  @Test
  @Checks("filters.images")
  @DisplayName("A filter selects images, not patients: other modalities of a patient are not there")
  void imagesNotPatients(Target target) {
    List<String> wanted = some(modalities(target));
    assertThat(Previews.values(target, "Modality", with(target, "Modality", wanted)))
        .as("modalities of images with one of %s", wanted)
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  @Checks("filters.list")
  @DisplayName("In a list of several, % is no pattern")
  void listIsLiteral(Target target) {
    assertThat(series(target, "Modality", List.of("%", "no such modality")))
        .as("series of the modalities %% and another")
        .isZero();
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
    assertThat(Previews.instances(target, both))
        .as("instances of patient %s, with and without a filter by %s", patient, attribute)
        .isEqualTo(Previews.instances(target, Map.of("PatientID", List.of(patient))));
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
