package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.FIRST_PAGES;

import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;

/** Faults of filters. */
final class FilterMutants {

  private FilterMutants() {}

  static void addTo(Mutants mutants) {
    filters(mutants);
  }

  private static void filters(Mutants mutants) {
    String kind = "filters";
    Predicate<Request> previews = FIRST_PAGES.get("manifest").or(FIRST_PAGES.get("query"));
    mutants.mistake(
        kind,
        "case-matters",
        "a modality in lower case matches nothing",
        "filters.case",
        previews.and(request -> request.text().matches(".*\"Modality\":\\[\"[a-z].*")),
        request ->
            request.withBody(
                request.text().replaceAll("\"Modality\":\\[[^\\]]*\\]", "\"Modality\":[\"zz\"]")));
    mutants.mistake(
        kind,
        "first-value-only",
        "only the first value of a list counts",
        "filters.or",
        previews,
        request ->
            request.withBody(
                request
                    .text()
                    .replaceAll("\"PatientID\":\\[(\"[^\"]*\")[^\\]]*\\]", "\"PatientID\":[$1]")));
    mutants.mistake(
        kind,
        "pattern-is-text",
        "a % in a single value is a character like others",
        "filters.like",
        previews.and(request -> request.text().contains("%")),
        request -> request.withBody(request.text().replace("%\"", "zz\"")));
    mutants.mistake(
        kind,
        "none-is-text",
        "None is a text like others",
        "filters.null",
        previews.and(request -> request.text().contains("\"None\"")),
        request -> request.withBody(request.text().replace("\"None\"", "\"zz\"")));
    mutants.mistake(
        kind,
        "beginnings-match",
        "a text matches what begins with it",
        "filters.equality",
        previews.and(request -> request.text().matches(".*\"Modality\":\\[\"[A-Z]\"\\].*")),
        request ->
            request.withBody(
                request
                    .text()
                    .replaceAll("\"Modality\":\\[\"([A-Z])\"\\]", "\"Modality\":[\"$1%\"]")));
    mutants.mistake(
        kind,
        "or-between-attributes",
        "another attribute opens the collection",
        "filters.and",
        previews.and(request -> request.text().matches(".*\"Modality\":\\[\"[A-Z]+\"\\].*")),
        request ->
            request.withBody(
                request
                    .text()
                    .replaceAll("\"collection_id\":\\[[^\\]]*\\],?", "")
                    .replace(",}", "}")));
    for (Map.Entry<String, String> ends :
        Map.of(
                "_btw\"",
                "_ebtwe\"",
                "_ebtw\"",
                "_ebtwe\"",
                "_btwe\"",
                "_btw\"",
                "_ebtwe\"",
                "_btw\"")
            .entrySet()) {
      mutants.mistake(
          kind,
          "ends-" + ends.getKey().replace("\"", ""),
          ends.getKey().replace("\"", "") + " is taken for " + ends.getValue().replace("\"", ""),
          "filters.range-ends",
          previews.and(request -> request.text().contains("SliceThickness" + ends.getKey())),
          request -> request.withBody(request.text().replace(ends.getKey(), ends.getValue())));
    }
    for (Map.Entry<String, String> ends :
        Map.of("_lt\"", "_lte\"", "_lte\"", "_lt\"", "_gt\"", "_gte\"", "_gte\"", "_gt\"")
            .entrySet()) {
      mutants.mistake(
          kind,
          "end-" + ends.getKey().replace("\"", ""),
          ends.getKey().replace("\"", "") + " is taken for " + ends.getValue().replace("\"", ""),
          "filters.range-ends",
          previews.and(request -> request.text().contains("SliceThickness" + ends.getKey())),
          request -> request.withBody(request.text().replace(ends.getKey(), ends.getValue())));
    }
    mutants.change(
        kind,
        "echo-as-given",
        "collection_id is echoed in upper case",
        "filters.collection-spelling",
        FIRST_PAGES.get("manifest"),
        answer ->
            answer.edited(
                page -> {
                  if (page.at("/cohort/filterSet/filters/collection_id") instanceof ArrayNode ids
                      && page.path("manifest").path("rowsReturned").asInt() == 1) {
                    String id = ids.path(0).asString("").toUpperCase(Locale.ROOT);
                    ids.removeAll();
                    ids.add(id);
                  }
                }));
  }
}
