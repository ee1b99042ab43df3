package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.FIRST_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.ifOk;
import static io.github.idc4j.conformance.mutant.Mutants.on;
import static io.github.idc4j.conformance.mutant.PageMutants.inPart;
import static io.github.idc4j.conformance.mutant.PageMutants.plus;
import static io.github.idc4j.conformance.mutant.PageMutants.withRows;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;

/** Faults of filters. */
final class FilterMutants {

  private FilterMutants() {}

  static void addTo(Mutants mutants) {
    String kind = "filters";
    Predicate<ProxiedRequest> previews = FIRST_PAGES.get("manifest").or(FIRST_PAGES.get("query"));
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
        "pattern-matches-all",
        "a single value with % matches every value",
        "filters.like",
        previews.and(request -> request.text().contains("%")),
        request -> request.withBody(request.text().replaceAll("\"[^\"]*%\"", "\"%\"")));
    mutants.mistake(
        kind,
        "none-is-text",
        "None is compared as text",
        "filters.null",
        previews.and(request -> request.text().contains("\"None\"")),
        request -> request.withBody(request.text().replace("\"None\"", "\"zz\"")));
    mutants.mistake(
        kind,
        "beginnings-match",
        "a text value matches every value that begins with it",
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
        "an additional attribute drops the filter by collection",
        "filters.and",
        previews.and(request -> request.text().matches(".*\"Modality\":\\[\"[A-Z]+\"\\].*")),
        request ->
            request.withBody(
                request
                    .text()
                    .replaceAll("\"collection_id\":\\[[^\\]]*\\],?", "")
                    .replace(",}", "}")));
    for (Map.Entry<String, String> ends :
        new TreeMap<>(
                Map.of(
                    "_btw\"",
                    "_ebtwe\"",
                    "_ebtw\"",
                    "_ebtwe\"",
                    "_btwe\"",
                    "_btw\"",
                    "_ebtwe\"",
                    "_btw\""))
            .entrySet()) {
      mutants.mistake(
          kind,
          "ends-" + ends.getKey().replace("\"", ""),
          ends.getKey().replace("\"", "") + " is treated as " + ends.getValue().replace("\"", ""),
          "filters.range-ends",
          previews.and(request -> request.text().contains("SliceThickness" + ends.getKey())),
          request -> request.withBody(request.text().replace(ends.getKey(), ends.getValue())));
    }
    for (Map.Entry<String, String> ends :
        new TreeMap<>(
                Map.of("_lt\"", "_lte\"", "_lte\"", "_lt\"", "_gt\"", "_gte\"", "_gte\"", "_gt\""))
            .entrySet()) {
      mutants.mistake(
          kind,
          "end-" + ends.getKey().replace("\"", ""),
          ends.getKey().replace("\"", "") + " is treated as " + ends.getValue().replace("\"", ""),
          "filters.range-ends",
          previews.and(request -> request.text().contains("SliceThickness" + ends.getKey())),
          request -> request.withBody(request.text().replace(ends.getKey(), ends.getValue())));
    }
    mutants.change(
        kind,
        "echo-as-given",
        "collection_id is returned in upper case",
        "filters.collection-spelling",
        FIRST_PAGES.get("manifest"),
        response ->
            response.edited(
                page -> {
                  if (page.at("/cohort/filterSet/filters/collection_id") instanceof ArrayNode ids
                      && page.path("manifest").path("rowsReturned").asInt() == 1) {
                    String id = ids.path(0).asString("").toUpperCase(Locale.ROOT);
                    ids.removeAll();
                    ids.add(id);
                  }
                }));
    mutants.change(
        kind,
        "other-modalities",
        "a filter by modality also selects a patient's other images",
        "filters.images",
        FIRST_PAGES
            .get("query")
            .and(request -> request.text().contains("\"fields\":[\"Modality\"]"))
            .and(request -> request.text().contains("\"Modality\":[")),
        response ->
            inPart(
                withRows(response, rows -> rows.addObject().put("Modality", "ZZ")),
                part -> plus(part, "totalFound", 1)));
    mutants.mistake(
        kind,
        "pattern-in-a-list",
        "% is a pattern in a list of several values",
        "filters.list",
        request -> request.text().contains("no such modality"),
        request -> request.withBody(request.text().replaceAll("\\[\"%\",[^]]*]", "[\"%\"]")));
    new TreeMap<>(Map.of("clinical", "age_at_diagnosis_gte", "biospecimen", "sample_type"))
        .forEach(
            (source, attribute) ->
                mutants.change(
                    kind,
                    source + "-by-image",
                    "a " + source + " filter loses images of a patient",
                    "filters.patients",
                    FIRST_PAGES
                        .get("manifest")
                        .and(request -> request.text().contains(attribute))
                        .and(request -> request.text().contains("PatientID")),
                    response -> inPart(response, part -> plus(part, "totalFound", -1))));
    mutants.change(
        kind,
        "attribute-unlisted",
        "GET /attributes lacks an attribute that filters accept",
        "filters.attributes",
        on("GET", "/attributes"),
        ifOk(
            response ->
                response.edited(
                    body -> ((ArrayNode) body.at("/data_sources/0/attributes")).remove(0))));
    mutants.change(
        kind,
        "attribute-refused",
        "filters refuse an attribute that GET /attributes lists",
        "filters.attributes",
        FIRST_PAGES
            .get("manifest")
            .and(request -> request.text().contains("\"StudyDescription\":")),
        response -> ProxiedResponse.json(400, "{\"code\":400,\"message\":\"unknown\"}"));
  }
}
