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

/** Faults around saving, listing and deleting cohorts, and what stays after a refusal. */
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
        "somebody else's cohort is deleted all the same",
        "cohorts.delete-foreign",
        () -> new DeletedByAnybody());
    mutants.change(
        KIND,
        "delete-order",
        "the outcomes of a deletion come in another order",
        "cohorts.delete-several",
        on("DELETE", "/cohorts"),
        ifOk(answer -> answer.edited(body -> reverse((ArrayNode) body.get("cohorts")))));
    mutants.change(
        KIND,
        "delete-again-silent",
        "deleting a deleted cohort says nothing",
        "cohorts.delete-again",
        OPERATIONS.get("deleteCohort"),
        ifOk(
            answer ->
                answer.edited(
                    body -> ((ObjectNode) body.at("/cohorts/0/result")).remove("message"))));
    mutants.change(
        KIND,
        "delete-of-a-stranger-silent",
        "deleting somebody else's cohort says nothing",
        "cohorts.delete-foreign",
        OPERATIONS.get("deleteCohort"),
        ifOk(
            answer ->
                answer.edited(
                    body -> {
                      ObjectNode result = (ObjectNode) body.at("/cohorts/0/result");
                      if (result.has("delete_permission")) {
                        result.remove("message");
                      }
                    })));
    mutants.change(
        KIND,
        "delete-without-data",
        "a deletion does not tell the filters of what was deleted",
        "cohorts.deleted-data",
        OPERATIONS.get("deleteCohort"),
        ifOk(
            answer ->
                answer.edited(
                    body -> {
                      if (body.at("/cohorts/0/result/data") instanceof ObjectNode data) {
                        data.putArray("filters");
                      }
                    })));
    mutants.change(
        "auth",
        "delete-by-nobody",
        "a deletion by nobody is 200",
        "auth.anonymous-deletion",
        OPERATIONS.get("deleteCohort").and(request -> request.authorization().isEmpty()),
        answer -> ProxiedResponse.json(200, "{\"code\":200,\"cohorts\":[]}"));
    mutants.change(
        KIND,
        "saved-loses-rows",
        "the manifest of a saved cohort lacks its last row",
        "manifest.saved",
        OPERATIONS.get("getManifest"),
        answer -> withRows(answer, rows -> withCount(rows, rows.size() - 1)));
    mutants.change(
        KIND,
        "saved-query-loses-rows",
        "the query of a saved cohort lacks its last row",
        "query.saved",
        OPERATIONS.get("queryCohort"),
        answer -> withRows(answer, rows -> withCount(rows, rows.size() - 1)));
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
                        answer ->
                            answer.edited(
                                body ->
                                    body.path("cohorts")
                                        .forEach(
                                            cohort -> ((ObjectNode) cohort).put(member, value))))));
    mutants.change(
        KIND,
        "saved-echo",
        "a saved cohort echoes collection_id in lower case",
        "cohorts.echo",
        OPERATIONS.get("createCohort"),
        ifOk(
            answer ->
                answer.edited(
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
        "deleted-for-nobody",
        "a deletion by nobody is refused and done",
        deletion.and(request -> request.authorization().isEmpty()),
        request -> request);
    refusedAndDone(
        mutants,
        "deleted-by-a-bad-token",
        "a deletion with a garbled token is refused and done",
        deletion.and(request -> request.authorization().contains("not.a.token")),
        request -> request);
    refusedAndDone(
        mutants,
        "deleted-by-a-text",
        "a deletion of a text for the list is refused and done",
        OPERATIONS.get("deleteCohorts").and(request -> request.text().contains(":\"")),
        request ->
            request.withBody("{\"cohorts\":[" + request.text().replaceAll("\\D", "") + "]}"));
    refusedAndDone(
        mutants,
        "saved-with-a-script",
        "a cohort whose name is a script is refused and saved",
        OPERATIONS
            .get("createCohort")
            .and(request -> request.text().contains("\"name\":\"<script>")),
        request -> request.withBody(request.text().replace("<script>", "n")));
    refusedAndDone(
        mutants,
        "saved-by-a-wrong-method",
        "PUT /cohorts/ is refused and saves a cohort",
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
        KIND, "refused-and-" + id, what, "errors.no-change", () -> new RefusedAndDone(when, good));
  }

  /** Goes on to list what was listed once, and then deleted. */
  private static final class KeptCohorts implements Proxy.Behaviour {
    private final Map<String, JsonNode> listed = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> deleted = new ConcurrentSkipListMap<>();

    @Override
    public ProxiedResponse answer(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedResponse answer = service.send(request);
      if (OPERATIONS.get("deleteCohort").test(request)) {
        JsonNode entry = listed.remove(request.path().replaceAll("\\D", ""));
        if (entry != null && answer.text().contains("has been deleted")) {
          deleted.put(entry.path("cohort_id").asString(), entry);
        }
      }
      return request.is("GET", "/cohorts") && answer.status() == 200
          ? answer.edited(
              body -> {
                ArrayNode cohorts = (ArrayNode) body.get("cohorts");
                cohorts.forEach(entry -> listed.put(entry.path("cohort_id").asString(), entry));
                deleted.values().forEach(cohorts::add);
              })
          : answer;
    }
  }

  /** Deletes somebody else's cohort, and says that it does not. */
  private static final class DeletedByAnybody implements Proxy.Behaviour {
    private volatile String owner = "";

    @Override
    public ProxiedResponse answer(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      if (request.is("POST", "/cohorts")) {
        owner = request.authorization();
      }
      ProxiedResponse answer = service.send(request);
      if (answer.text().contains("delete_permission")) {
        service.send(request.withAuthorization(owner));
      }
      return answer;
    }
  }

  /** Refuses a request, and does what it asks for in the name of who saved a cohort before. */
  private static final class RefusedAndDone implements Proxy.Behaviour {
    private final Predicate<ProxiedRequest> when;
    private final UnaryOperator<ProxiedRequest> good;
    private volatile String owner = "";

    RefusedAndDone(Predicate<ProxiedRequest> when, UnaryOperator<ProxiedRequest> good) {
      this.when = when;
      this.good = good;
    }

    @Override
    public ProxiedResponse answer(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedResponse answer = service.send(request);
      if (request.is("POST", "/cohorts") && answer.status() == 200) {
        owner = request.authorization();
      }
      if (when.test(request)) {
        service.send(good.apply(request).withAuthorization(owner));
      }
      return answer;
    }
  }
}
