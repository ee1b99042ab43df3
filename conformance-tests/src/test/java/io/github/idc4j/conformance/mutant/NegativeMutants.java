package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.FIRST_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.ID;
import static io.github.idc4j.conformance.mutant.Mutants.OPERATIONS;
import static io.github.idc4j.conformance.mutant.Mutants.on;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Faults of invalid requests. */
final class NegativeMutants {

  private static final String KIND = "negative input";

  private NegativeMutants() {}

  static void addTo(Mutants mutants) {
    takenQueries(mutants);
    takenBodies(mutants);
    refusals(mutants);
  }

  private static void takenQueries(Mutants mutants) {
    taken(
        mutants,
        "unknown-key",
        "collections accepts an unknown key",
        "metadata.unknown-key",
        OPERATIONS.get("listCollections"),
        request -> request.withTarget("/v1/collections"));
    taken(
        mutants,
        "unknown-source",
        "attributes accepts an unknown data source",
        "metadata.attributes-unknown-source",
        OPERATIONS.get("listAttributes").and(request -> request.has("data_source=")),
        request -> request.withTarget("/v1/attributes"));
    taken(
        mutants,
        "no-column",
        "a manifest without a column is accepted",
        "manifest.no-column",
        FIRST_PAGES.get("manifest").and(request -> !request.has("=")),
        request -> request.withTarget(request.target() + "?Patient_ID=True"));
    taken(
        mutants,
        "saved-no-column",
        "the manifest of a saved cohort is accepted without a column",
        "manifest.no-column",
        OPERATIONS.get("getManifest").and(request -> !request.has("=")),
        request -> request.withTarget(request.target() + "?Patient_ID=True"));
    taken(
        mutants,
        "manifest-page-size",
        "a manifest accepts a page_size that is not an integer",
        "manifest.page-size",
        FIRST_PAGES.get("manifest"),
        request ->
            request.withTarget(request.target().replaceAll("page_size=(abc|1.5)", "page_size=5")));
    taken(
        mutants,
        "saved-manifest-page-size",
        "the manifest of a saved cohort accepts a page_size that is not an integer",
        "manifest.page-size",
        OPERATIONS.get("getManifest"),
        request ->
            request.withTarget(request.target().replaceAll("page_size=(abc|1.5)", "page_size=5")));
    taken(
        mutants,
        "query-page-size",
        "a query accepts a page_size that is not an integer",
        "query.page-size",
        FIRST_PAGES.get("query"),
        request ->
            request.withTarget(request.target().replaceAll("page_size=(abc|1.5)", "page_size=5")));
    taken(
        mutants,
        "manifest-key",
        "a manifest accepts next_page",
        "manifest.unknown-key",
        FIRST_PAGES.get("manifest"),
        request -> request.withTarget(request.target().replaceAll("[?&]next_page=[^&]*", "")));
    taken(
        mutants,
        "saved-manifest-key",
        "the manifest of a saved cohort accepts an unknown key",
        "manifest.unknown-key",
        OPERATIONS.get("getManifest"),
        request -> request.withTarget(request.target().replaceAll("[?&]foo=[^&]*", "")));
    taken(
        mutants,
        "query-key",
        "a query accepts an unknown key",
        "query.unknown-key",
        FIRST_PAGES.get("query"),
        request -> request.withTarget(request.target().replaceAll("[?&]foo=[^&]*", "")));
    taken(
        mutants,
        "metadata-key",
        "dicomMetadata accepts sql",
        "query.unknown-key",
        FIRST_PAGES.get("dicomMetadata"),
        request -> request.withTarget(request.target().replaceAll("[?&]sql=[^&]*", "")));
    taken(
        mutants,
        "true",
        "true counts as True",
        "manifest.true-literal",
        FIRST_PAGES.get("manifest"),
        request ->
            request.withTarget(request.target().replaceAll("=(true|TRUE|1)(?=&|$)", "=True")));
    taken(
        mutants,
        "last-value",
        "the last value of a repeated key counts",
        "manifest.first-value",
        FIRST_PAGES.get("manifest").and(request -> request.has("False&")),
        request -> request.withTarget(request.target().replace("Patient_ID=False&", "")));
    mutants.change(
        KIND,
        "repeated-key-refused",
        "a manifest refuses a repeated key",
        "manifest.first-value",
        FIRST_PAGES.get("manifest").and(request -> request.has("Patient_ID=True&Patient_ID=")),
        response -> ProxiedResponse.json(400, "{\"code\":400,\"message\":\"repeated key\"}"));
  }

  private static void takenBodies(Mutants mutants) {
    taken(
        mutants,
        "manifest-no-json",
        "a manifest accepts a body that is not JSON",
        "manifest.refused-body",
        FIRST_PAGES.get("manifest").and(request -> !request.text().endsWith("}")),
        request -> request.withBody("{\"name\":\"\",\"description\":\"\",\"filters\":{}}"));
    taken(
        mutants,
        "query-no-json",
        "a query accepts a body that is not JSON",
        "query.refused-body",
        FIRST_PAGES.get("query").and(request -> !request.text().endsWith("}")),
        request ->
            request.withBody(
                "{\"cohort_def\":{\"name\":\"n\",\"description\":\"\",\"filters\":{}},"
                    + "\"queryFields\":{\"fields\":[\"Modality\"]}}"));
    taken(
        mutants,
        "script",
        "a cohort's name may be a script",
        "cohorts.refused",
        OPERATIONS
            .get("createCohort")
            .and(request -> request.text().contains("\"name\":\"<script>\"")),
        request -> request.withBody(request.text().replace("<script>", "n")));
    taken(
        mutants,
        "query-script",
        "the description of a query's cohort may be a script",
        "query.refused-body",
        FIRST_PAGES
            .get("query")
            .and(request -> request.text().contains("\"description\":\"<script>\"")),
        request -> request.withBody(request.text().replace("<script>", "d")));
    taken(
        mutants,
        "field",
        "a query accepts an unknown field",
        "query.unknown-field",
        FIRST_PAGES.get("query"),
        request -> request.withBody(request.text().replace("NoSuchField", "PatientID")));
    taken(
        mutants,
        "saved-field",
        "the query of a saved cohort accepts an unknown field",
        "query.saved-fields",
        OPERATIONS.get("queryCohort"),
        request -> request.withBody(request.text().replace("NoSuchField", "PatientID")));
    taken(
        mutants,
        "saved-no-json",
        "the query of a saved cohort accepts a body that is not JSON",
        "query.saved-fields",
        OPERATIONS.get("queryCohort").and(request -> request.text().equals("{")),
        request -> request.withBody("{\"fields\":[\"PatientID\"]}"));
    taken(
        mutants,
        "no-description",
        "a cohort without a description is saved",
        "cohorts.no-description",
        OPERATIONS.get("createCohort").and(request -> !request.text().contains("\"description\"")),
        request ->
            request.withBody(
                request.text().replace("\"filters\":", "\"description\":\"\",\"filters\":")));
  }

  private static void refusals(Mutants mutants) {
    mutants.change(
        KIND,
        "silent-offenders",
        "the message names only one unknown attribute",
        "manifest.unknown-attributes",
        FIRST_PAGES.get("manifest"),
        response ->
            response.status() == 400
                ? response.edited(body -> body.put("message", "bad filters"))
                : response);
    mutants.change(
        KIND,
        "errors-without-message",
        "errors have no message",
        "spec.body",
        request -> true,
        response ->
            response.status() == 400 ? response.edited(body -> body.remove("message")) : response);
    mutants.change(
        KIND,
        "foreign-400",
        "the manifest of another user's cohort returns 400",
        "manifest.saved-refused",
        on("GET", "/cohorts/manifest/" + ID).and(request -> !request.authorization().isEmpty()),
        NegativeMutants::bad);
    mutants.change(
        KIND,
        "foreign-query-400",
        "the query of another user's cohort returns 400",
        "query.saved-refused",
        on("POST", "/cohorts/query/" + ID).and(request -> !request.authorization().isEmpty()),
        NegativeMutants::bad);
    mutants.change(
        KIND,
        "empty-name-refused",
        "a manifest's cohort must have a name",
        "manifest.empty-name",
        FIRST_PAGES.get("manifest").and(request -> request.text().contains("\"name\":\"\"")),
        response -> ProxiedResponse.json(400, "{\"code\":400,\"message\":\"no name\"}"));
    mutants.change(
        KIND,
        "wording",
        "errors have other messages",
        "errors.wording",
        request -> true,
        response ->
            response.withBody(response.text().replace("Invalid argument", "There is no argument")));
  }

  /** Returns 400 instead of 403. */
  private static ProxiedResponse bad(ProxiedResponse response) {
    return response.status() == 403
        ? ProxiedResponse.json(400, "{\"code\":400,\"message\":\"no\"}")
        : response;
  }

  /** A request that should be refused, but is treated as a valid one. */
  private static void taken(
      Mutants mutants,
      String id,
      String what,
      String rule,
      Predicate<ProxiedRequest> when,
      UnaryOperator<ProxiedRequest> good) {
    mutants.add(
        KIND,
        "taken-" + id,
        what,
        rule,
        () ->
            (request, service) -> {
              ProxiedResponse response = service.send(request);
              return when.test(request) && response.status() == 400
                  ? service.send(good.apply(request))
                  : response;
            });
  }
}
