package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.FIRST_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.ID;
import static io.github.idc4j.conformance.mutant.Mutants.OPERATIONS;
import static io.github.idc4j.conformance.mutant.Mutants.on;
import static io.github.idc4j.conformance.mutant.PageMutants.reverse;
import static io.github.idc4j.conformance.mutant.PageMutants.withCount;
import static io.github.idc4j.conformance.mutant.PageMutants.withRows;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults around what is refused, and what stays. */
final class UserMutants {

  private UserMutants() {}

  static void addTo(Mutants mutants) {
    negatives(mutants);
    state(mutants);
  }

  private static void negatives(Mutants mutants) {
    String kind = "negative input";
    record Negative(String id, String what, String rule, Predicate<Request> when) {}
    Function<String, Predicate<Request>> bodyHas = text -> request -> request.text().contains(text);
    for (Negative negative :
        List.of(
            new Negative(
                "no-column",
                "a manifest without a column is taken",
                "manifest.no-column",
                FIRST_PAGES.get("manifest").and(request -> !request.has("="))),
            new Negative(
                "manifest-page-size",
                "a manifest's page_size may be no integer",
                "manifest.page-size",
                FIRST_PAGES.get("manifest").and(request -> request.has("page_size="))),
            new Negative(
                "query-page-size",
                "a query's page_size may be no integer",
                "query.page-size",
                FIRST_PAGES.get("query").and(request -> request.has("page_size="))),
            new Negative(
                "manifest-key",
                "a manifest takes next_page",
                "manifest.unknown-key",
                FIRST_PAGES.get("manifest").and(request -> request.has("next_page="))),
            new Negative(
                "script",
                "a cohort's name may be a script",
                "cohorts.refused",
                on("POST", "/cohorts").and(bodyHas.apply("<script>"))),
            new Negative(
                "true",
                "true counts as True",
                "manifest.true-literal",
                FIRST_PAGES
                    .get("manifest")
                    .and(request -> request.target().matches(".*=(true|TRUE|1)(&.*)?"))))) {
      mutants.change(
          kind,
          "taken-" + negative.id(),
          negative.what(),
          negative.rule(),
          negative.when(),
          answer -> answer.status() == 400 ? emptyAnswer(answer) : answer);
    }
    taken(
        mutants,
        "unknown-key",
        "collections takes an unknown key",
        "metadata.unknown-key",
        OPERATIONS.get("listCollections"),
        request -> request.withTarget("/v1/collections"));
    taken(
        mutants,
        "unknown-source",
        "attributes takes an unknown data source",
        "metadata.attributes-unknown-source",
        OPERATIONS.get("listAttributes").and(request -> request.has("data_source=")),
        request -> request.withTarget("/v1/attributes"));
    taken(
        mutants,
        "manifest-no-json",
        "a manifest takes a body that is not JSON",
        "manifest.refused-body",
        FIRST_PAGES.get("manifest").and(request -> !request.text().endsWith("}")),
        request -> request.withBody("{\"name\":\"\",\"description\":\"\",\"filters\":{}}"));
    taken(
        mutants,
        "query-no-json",
        "a query takes a body that is not JSON",
        "query.refused-body",
        FIRST_PAGES.get("query").and(request -> !request.text().endsWith("}")),
        request ->
            request.withBody(
                "{\"cohort_def\":{\"name\":\"n\",\"description\":\"\",\"filters\":{}},"
                    + "\"queryFields\":{\"fields\":[\"Modality\"]}}"));
    mutants.change(
        kind,
        "silent-offenders",
        "only one unknown attribute is named",
        "manifest.unknown-attributes",
        FIRST_PAGES.get("manifest"),
        answer ->
            answer.status() == 400
                ? answer.edited(body -> body.put("message", "bad filters"))
                : answer);
    mutants.change(
        kind,
        "errors-without-message",
        "errors have no message",
        "spec.body",
        request -> true,
        answer -> answer.status() == 400 ? answer.edited(body -> body.remove("message")) : answer);
    mutants.change(
        kind,
        "foreign-400",
        "somebody else's cohort is 400",
        "manifest.saved-refused",
        on("GET", "/cohorts/manifest/" + ID).and(request -> !request.authorization().isEmpty()),
        answer ->
            answer.status() == 403
                ? Answer.json(400, "{\"code\":400,\"message\":\"no\"}")
                : answer);
    mutants.change(
        kind,
        "foreign-query-400",
        "somebody else's cohort is 400 to a query",
        "query.saved-refused",
        on("POST", "/cohorts/query/" + ID).and(request -> !request.authorization().isEmpty()),
        answer ->
            answer.status() == 403
                ? Answer.json(400, "{\"code\":400,\"message\":\"no\"}")
                : answer);
  }

  /** A request that should be refused, and is answered as a good one is. */
  private static void taken(
      Mutants mutants,
      String id,
      String what,
      String rule,
      Predicate<Request> when,
      UnaryOperator<Request> good) {
    mutants.add(
        "negative input",
        "taken-" + id,
        what,
        rule,
        () ->
            (request, service) -> {
              Answer answer = service.send(request);
              return when.test(request) && answer.status() == 400
                  ? service.send(good.apply(request))
                  : answer;
            });
  }

  private static void state(Mutants mutants) {
    String kind = "delete then read";
    mutants.add(
        kind,
        "delete-forgets-nothing",
        "a deleted cohort is still listed",
        "cohorts.life",
        () -> new KeptCohorts());
    mutants.add(
        kind,
        "delete-of-a-stranger",
        "somebody else's cohort is deleted all the same",
        "cohorts.delete-foreign",
        () -> new DeletedByAnybody());
    mutants.change(
        kind,
        "delete-order",
        "the outcomes of a deletion come in another order",
        "cohorts.delete-several",
        on("DELETE", "/cohorts"),
        answer -> answer.edited(body -> reverse((ArrayNode) body.get("cohorts"))));
    mutants.change(
        kind,
        "delete-again-silent",
        "deleting a deleted cohort says nothing",
        "cohorts.delete-again",
        OPERATIONS.get("deleteCohort"),
        answer ->
            answer.edited(body -> ((ObjectNode) body.at("/cohorts/0/result")).remove("message")));
    mutants.change(
        kind,
        "saved-loses-rows",
        "the manifest of a saved cohort lacks its last row",
        "manifest.saved",
        OPERATIONS.get("getManifest"),
        answer -> withRows(answer, rows -> withCount(rows, rows.size() - 1)));
    mutants.change(
        kind,
        "saved-query-loses-rows",
        "the query of a saved cohort lacks its last row",
        "query.saved",
        OPERATIONS.get("queryCohort"),
        answer -> withRows(answer, rows -> withCount(rows, rows.size() - 1)));
  }

  /** A 200 of the right shape is not to be had here; a status that is not documented would tell. */
  private static Answer emptyAnswer(Answer refused) {
    return refused.withStatus(401).edited(body -> body.put("code", 401));
  }

  /** Says that a cohort is deleted, and keeps it. */
  private static final class KeptCohorts implements Proxy.Behaviour {
    private final AtomicInteger deletions = new AtomicInteger();
    private volatile String list = "";

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      Answer answer = service.send(request);
      if (request.is("DELETE", "/cohorts.*")) {
        deletions.incrementAndGet();
      }
      if (!request.is("GET", "/cohorts") || answer.status() != 200) {
        return answer;
      }
      if (deletions.getAndSet(0) > 0 && !list.isEmpty()) {
        return answer.withBody(list);
      }
      list = answer.text();
      return answer;
    }
  }

  /** Deletes for whoever asks, as the one who saved. */
  private static final class DeletedByAnybody implements Proxy.Behaviour {
    private volatile String owner = "";

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      if (request.is("POST", "/cohorts")) {
        owner = request.authorization();
      }
      return service.send(
          request.is("DELETE", "/cohorts/" + ID) ? request.withAuthorization(owner) : request);
    }
  }
}
