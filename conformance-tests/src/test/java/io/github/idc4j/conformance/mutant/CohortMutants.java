package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.OPERATIONS;
import static io.github.idc4j.conformance.mutant.Mutants.ifOk;
import static io.github.idc4j.conformance.mutant.Mutants.on;
import static io.github.idc4j.conformance.mutant.PageMutants.reverse;
import static io.github.idc4j.conformance.mutant.PageMutants.withCount;
import static io.github.idc4j.conformance.mutant.PageMutants.withRows;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults of saving, listing and deleting cohorts, and of the effects of refused requests. */
final class CohortMutants {

  private static final String KIND = "delete then read";

  private CohortMutants() {}

  static void addTo(Mutants mutants) {
    deletions(mutants);
    lists(mutants);
    refusals(mutants);
  }

  private static void deletions(Mutants mutants) {
    mutants.add(
        KIND,
        "delete-forgets-nothing",
        "a deleted cohort is still listed",
        "cohorts.life",
        () -> new KeptCohorts());
    mutants.add(
        KIND,
        "delete-of-a-stranger",
        "another user's cohort is deleted",
        "cohorts.delete-foreign",
        () -> new DeletedByAnybody());
    mutants.change(
        KIND,
        "delete-order",
        "the results of a deletion are in another order",
        "cohorts.delete-several",
        on("DELETE", "/cohorts"),
        ifOk(response -> response.edited(body -> reverse((ArrayNode) body.get("cohorts")))));
    mutants.change(
        KIND,
        "delete-again-silent",
        "deleting a deleted cohort returns no message",
        "cohorts.delete-again",
        OPERATIONS.get("deleteCohort"),
        ifOk(
            response ->
                response.edited(
                    body -> ((ObjectNode) body.at("/cohorts/0/result")).remove("message"))));
    mutants.change(
        KIND,
        "delete-of-a-stranger-silent",
        "deleting another user's cohort returns no message",
        "cohorts.delete-foreign",
        OPERATIONS.get("deleteCohort"),
        ifOk(
            response ->
                response.edited(
                    body -> {
                      ObjectNode result = (ObjectNode) body.at("/cohorts/0/result");
                      if (result.has("delete_permission")) {
                        result.remove("message");
                      }
                    })));
    mutants.change(
        KIND,
        "delete-without-data",
        "a deletion does not return the filters of the deleted cohort",
        "cohorts.deleted-data",
        OPERATIONS.get("deleteCohort"),
        ifOk(
            response ->
                response.edited(
                    body -> {
                      if (body.at("/cohorts/0/result/data") instanceof ObjectNode data) {
                        data.putArray("filters");
                      }
                    })));
    mutants.change(
        "auth",
        "delete-anonymous",
        "a deletion without a token returns 200",
        "auth.anonymous-deletion",
        OPERATIONS.get("deleteCohort").and(request -> request.authorization().isEmpty()),
        response -> ProxiedResponse.json(200, "{\"code\":200,\"cohorts\":[]}"));
    mutants.change(
        KIND,
        "saved-loses-rows",
        "the manifest of a saved cohort lacks its last row",
        "manifest.saved",
        OPERATIONS.get("getManifest"),
        response -> withRows(response, rows -> withCount(rows, rows.size() - 1)));
    mutants.change(
        KIND,
        "saved-query-loses-rows",
        "the query of a saved cohort lacks its last row",
        "query.saved",
        OPERATIONS.get("queryCohort"),
        response -> withRows(response, rows -> withCount(rows, rows.size() - 1)));
  }

  private static void lists(Mutants mutants) {
    new TreeMap<>(Map.of("owner", "first@example.org", "permission", "READER", "name", "Cohort 1"))
        .forEach(
            (member, value) ->
                mutants.change(
                    KIND,
                    "listed-" + member,
                    "a list of cohorts has another " + member,
                    "cohorts.list",
                    OPERATIONS.get("listCohorts"),
                    ifOk(
                        response ->
                            response.edited(
                                body ->
                                    body.path("cohorts")
                                        .forEach(
                                            cohort -> ((ObjectNode) cohort).put(member, value))))));
    mutants.change(
        KIND,
        "saved-echo",
        "the response for a saved cohort has collection_id in lower case",
        "cohorts.echo",
        OPERATIONS.get("createCohort"),
        ifOk(
            response ->
                response.edited(
                    body -> {
                      if (body.at("/cohort_properties/filterSet/filters/collection_id")
                          instanceof ArrayNode ids) {
                        String id = ids.path(0).asString().toLowerCase(Locale.ROOT);
                        ids.removeAll();
                        ids.add(id);
                      }
                    })));
  }

  private static void refusals(Mutants mutants) {
    Predicate<ProxiedRequest> deletion = OPERATIONS.get("deleteCohort");
    refusedAndDone(
        mutants,
        "deleted-anonymously",
        "a deletion without a token is refused but performed",
        deletion.and(request -> request.authorization().isEmpty()),
        request -> request);
    refusedAndDone(
        mutants,
        "deleted-by-a-bad-token",
        "a deletion with a garbled token is refused but performed",
        deletion.and(request -> request.authorization().contains("not.a.token")),
        request -> request);
    refusedAndDone(
        mutants,
        "deleted-by-a-text",
        "a deletion with a string in place of the list is refused but performed",
        OPERATIONS.get("deleteCohorts").and(request -> request.text().contains(":\"")),
        request ->
            request.withBody("{\"cohorts\":[" + request.text().replaceAll("\\D", "") + "]}"));
    refusedAndDone(
        mutants,
        "saved-with-a-script",
        "a cohort whose name is a script is refused but saved",
        OPERATIONS
            .get("createCohort")
            .and(request -> request.text().contains("\"name\":\"<script>")),
        request -> request.withBody(request.text().replace("<script>", "n")));
    refusedAndDone(
        mutants,
        "saved-by-a-wrong-method",
        "PUT /cohorts/ is refused but saves a cohort",
        on("PUT", "/cohorts"),
        request ->
            new ProxiedRequest(
                "POST",
                "/v1/cohorts",
                request.authorization(),
                "application/json",
                request.text()));
  }

  private static void refusedAndDone(
      Mutants mutants,
      String id,
      String what,
      Predicate<ProxiedRequest> when,
      UnaryOperator<ProxiedRequest> good) {
    mutants.add(
        KIND,
        "refused-and-" + id,
        what,
        "errors.no-change",
        () -> new RefusedButPerformed(when, good));
  }

  /** Continues to list deleted cohorts. */
  private static final class KeptCohorts implements Proxy.Behaviour {
    private final Map<String, JsonNode> listed = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> deleted = new ConcurrentSkipListMap<>();

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedResponse response = service.send(request);
      if (OPERATIONS.get("deleteCohort").test(request)) {
        JsonNode entry = listed.remove(request.path().replaceAll("\\D", ""));
        if (entry != null && response.text().contains("has been deleted")) {
          deleted.put(entry.path("cohort_id").asString(), entry);
        }
      }
      return request.is("GET", "/cohorts") && response.status() == 200
          ? response.edited(
              body -> {
                ArrayNode cohorts = (ArrayNode) body.get("cohorts");
                cohorts.forEach(entry -> listed.put(entry.path("cohort_id").asString(), entry));
                deleted.values().forEach(cohorts::add);
              })
          : response;
    }
  }

  /** Deletes another user's cohort, but reports a refusal. */
  private static final class DeletedByAnybody implements Proxy.Behaviour {
    private volatile String owner = "";

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      if (request.is("POST", "/cohorts")) {
        owner = request.authorization();
      }
      ProxiedResponse response = service.send(request);
      if (response.text().contains("delete_permission")) {
        service.send(request.withAuthorization(owner));
      }
      return response;
    }
  }

  /** Refuses a request, but performs it as the user who saved a cohort before. */
  private static final class RefusedButPerformed implements Proxy.Behaviour {
    private final Predicate<ProxiedRequest> when;
    private final UnaryOperator<ProxiedRequest> good;
    private volatile String owner = "";

    RefusedButPerformed(Predicate<ProxiedRequest> when, UnaryOperator<ProxiedRequest> good) {
      this.when = when;
      this.good = good;
    }

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedResponse response = service.send(request);
      if (request.is("POST", "/cohorts") && response.status() == 200) {
        owner = request.authorization();
      }
      if (when.test(request)) {
        service.send(good.apply(request).withAuthorization(owner));
      }
      return response;
    }
  }
}
