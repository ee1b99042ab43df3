package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.FIRST_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.ID;
import static io.github.idc4j.conformance.mutant.Mutants.NEXT_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.on;
import static io.github.idc4j.conformance.mutant.PageMutants.inPart;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Services that do neither what the deployed one did nor what a sane one does. */
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
        "a body of another content type is taken",
        FIRST_PAGES.get("manifest").and(request -> request.contentType().startsWith("text/plain")),
        answer -> ProxiedResponse.json(200, "{\"code\":200}"));
    neither(
        mutants,
        "scalar-body",
        "a body that is null is taken",
        FIRST_PAGES.get("query").and(request -> request.text().equals("null")),
        answer -> ProxiedResponse.json(200, "{\"code\":200}"));
    neither(
        mutants,
        "delete-body",
        "DELETE /cohorts takes a text for the list",
        on("DELETE", "/cohorts").and(request -> request.text().matches("\\{\"cohorts\":\"\\d+\"}")),
        answer -> ProxiedResponse.json(200, "{\"code\":200,\"cohorts\":[]}"));
    neither(
        mutants,
        "unknown-account",
        "nobody has an account",
        on("GET", "/users/account_details").and(request -> request.authorization().isEmpty()),
        answer -> ProxiedResponse.json(200, "{\"code\":200,\"user_details\":{}}"));
    neither(
        mutants,
        "empty-filters",
        "a cohort with empty filters is answered 200 without error or cohort",
        toCohorts.and(request -> request.text().contains("\"filters\":{}")),
        answer -> ProxiedResponse.json(200, "{\"code\":200,\"cohort_properties\":{}}"));
    neither(
        mutants,
        "anonymous-save",
        "nobody's cohort is saved",
        toCohorts.and(request -> request.authorization().isEmpty()),
        answer -> ProxiedResponse.json(200, saved));
    neither(
        mutants,
        "page-size-not-positive",
        "a page_size of zero is 404",
        request -> request.has("page_size=0"),
        answer -> ProxiedResponse.json(404, "{\"code\":404,\"message\":\"no page\"}"));
    neither(
        mutants,
        "tokens-of-manifest-and-query",
        "a manifest's token makes nextPage of queries fail",
        NEXT_PAGES.get("query").and(request -> request.target().matches(".*page_size=1(&.*)?")),
        answer ->
            answer.status() == 400
                ? ProxiedResponse.json(418, "{\"code\":418,\"message\":\"teapot\"}")
                : answer);
    neither(
        mutants,
        "nameless-token",
        "a token without an e-mail address has cohorts",
        on("GET", "/cohorts"),
        answer ->
            answer.text().contains("no e-mail address")
                ? ProxiedResponse.json(200, "{\"code\":200,\"cohorts\":[]}")
                : answer);
    neither(
        mutants,
        "clinical-join",
        "an age that nobody has gives more images than there are",
        FIRST_PAGES
            .get("manifest")
            .and(request -> request.text().contains("age_at_diagnosis_gt\"")),
        answer -> inPart(answer, part -> part.put("totalFound", Integer.MAX_VALUE)));
    neither(
        mutants,
        "none-with-sql",
        "None with sql=True fails",
        FIRST_PAGES
            .get("manifest")
            .and(request -> request.has("sql=True"))
            .and(request -> request.text().contains("\"None\"")),
        answer -> FAILED);
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
