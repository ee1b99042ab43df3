package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.FIRST_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.ID;
import static io.github.idc4j.conformance.mutant.Mutants.NEXT_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.on;
import static io.github.idc4j.conformance.mutant.PageMutants.inPart;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Services with neither the deployed nor the expected behavior. */
final class QuirkMutants {

  private static final ProxiedResponse FAILED =
      ProxiedResponse.json(500, "{\"code\":500,\"message\":\"The service failed.\"}");

  private QuirkMutants() {}

  static void addTo(Mutants mutants) {
    Predicate<ProxiedRequest> toCohorts = on("POST", "/cohorts");
    String saved = "{\"code\":200,\"cohort_properties\":{\"cohort_id\":7}}";
    neither(
        mutants,
        "content-type",
        "a body of another content type is accepted",
        FIRST_PAGES.get("manifest").and(request -> request.contentType().startsWith("text/plain")),
        response -> ProxiedResponse.json(200, "{\"code\":200}"));
    neither(
        mutants,
        "scalar-body",
        "a null body is accepted",
        FIRST_PAGES.get("query").and(request -> request.text().equals("null")),
        response -> ProxiedResponse.json(200, "{\"code\":200}"));
    neither(
        mutants,
        "delete-body",
        "DELETE /cohorts accepts a string in place of the list",
        on("DELETE", "/cohorts").and(request -> request.text().matches("\\{\"cohorts\":\"\\d+\"}")),
        response -> ProxiedResponse.json(200, "{\"code\":200,\"cohorts\":[]}"));
    neither(
        mutants,
        "unknown-account",
        "an unauthenticated caller has an account",
        on("GET", "/users/account_details").and(request -> request.authorization().isEmpty()),
        response -> ProxiedResponse.json(200, "{\"code\":200,\"user_details\":{}}"));
    neither(
        mutants,
        "empty-filters",
        "a cohort with empty filters returns 200 without an error or a cohort",
        toCohorts.and(request -> request.text().contains("\"filters\":{}")),
        response -> ProxiedResponse.json(200, "{\"code\":200,\"cohort_properties\":{}}"));
    neither(
        mutants,
        "anonymous-save",
        "a cohort without an owner is saved",
        toCohorts.and(request -> request.authorization().isEmpty()),
        response -> ProxiedResponse.json(200, saved));
    neither(
        mutants,
        "page-size-not-positive",
        "a page_size of zero returns 404",
        request -> request.has("page_size=0"),
        response -> ProxiedResponse.json(404, "{\"code\":404,\"message\":\"no page\"}"));
    neither(
        mutants,
        "tokens-of-manifest-and-query",
        "a manifest token makes nextPage of queries fail",
        NEXT_PAGES.get("query").and(request -> request.target().matches(".*page_size=1(&.*)?")),
        response ->
            response.status() == 400
                ? ProxiedResponse.json(418, "{\"code\":418,\"message\":\"teapot\"}")
                : response);
    neither(
        mutants,
        "nameless-token",
        "a token without an e-mail address has cohorts",
        on("GET", "/cohorts"),
        response ->
            response.text().contains("no e-mail address")
                ? ProxiedResponse.json(200, "{\"code\":200,\"cohorts\":[]}")
                : response);
    neither(
        mutants,
        "clinical-join",
        "an age that no patient has selects more images than exist",
        FIRST_PAGES
            .get("manifest")
            .and(request -> request.text().contains("age_at_diagnosis_gt\"")),
        response -> inPart(response, part -> part.put("totalFound", Integer.MAX_VALUE)));
    neither(
        mutants,
        "none-with-sql",
        "None with sql=True fails",
        FIRST_PAGES
            .get("manifest")
            .and(request -> request.has("sql=True"))
            .and(request -> request.text().contains("\"None\"")),
        response -> FAILED);
    savedFails(
        mutants, "saved-range", "a saved cohort with a range fails", "SliceThickness_gt", FAILED);
    savedFails(
        mutants,
        "saved-number",
        "a saved cohort with a number is refused",
        "SliceThickness",
        ProxiedResponse.json(400, "{\"code\":400,\"message\":\"Refused.\"}"));
  }

  private static void savedFails(
      Mutants mutants, String quirk, String what, String attribute, ProxiedResponse response) {
    mutants.add(
        "filters",
        "neither-" + quirk,
        what,
        "quirks." + quirk,
        () -> {
          AtomicBoolean saved = new AtomicBoolean();
          return (request, service) -> {
            if (request.is("POST", "/cohorts")) {
              saved.set(request.text().contains("\"" + attribute + "\""));
            }
            return request.is("GET", "/cohorts/manifest/" + ID) && saved.get()
                ? response
                : service.send(request);
          };
        });
  }

  private static void neither(
      Mutants mutants,
      String quirk,
      String what,
      Predicate<ProxiedRequest> when,
      UnaryOperator<ProxiedResponse> change) {
    mutants.change("negative input", "neither-" + quirk, what, "quirks." + quirk, when, change);
  }
}
