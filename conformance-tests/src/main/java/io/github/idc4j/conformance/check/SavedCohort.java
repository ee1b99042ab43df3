package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.Cohort;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A cohort that a check saved as the first user; closing it deletes it.
 *
 * @param saved by which request, and what the service answered
 */
record SavedCohort(Target target, Exchange saved) implements AutoCloseable {

  /** No service has saved so many. */
  static final long UNKNOWN = 9_000_000_000_000L;

  /** Saves a cohort of the collection that the checks use. */
  static SavedCohort make(Target target) {
    return make(target, Map.of("collection_id", List.of(target.facts().collection())));
  }

  static SavedCohort make(Target target, Map<String, ?> filters) {
    return new SavedCohort(target, save(target, filters));
  }

  /** Returns a cohort for requests that only read; it stays until the run ends. */
  static SavedCohort kept(Target target) {
    Map<String, ?> filters = Map.of("collection_id", List.of(target.facts().collection()));
    return new SavedCohort(target, target.facts().kept(() -> save(target, filters)));
  }

  private static Exchange save(Target target, Map<String, ?> filters) {
    Call call = Call.post("/cohorts").json(Cohort.of(target.leftovers().mark(), filters));
    Exchange saved = target.send(call.as(Bearer.FIRST));
    Expect.status(saved, 200);
    assertThat(saved.json().at("/cohort_properties/cohort_id").isIntegralNumber())
        .as("cohort_properties has a cohort_id: %s", saved.excerpt())
        .isTrue();
    return saved;
  }

  /** Returns the identifiers of all that the first user has saved. */
  static List<Long> listed(Target target) {
    List<Long> ids = new ArrayList<>();
    Exchange list = Expect.status(target.send(Call.get("/cohorts").as(Bearer.FIRST)), 200);
    list.json().path("cohorts").forEach(entry -> ids.add(entry.path("cohort_id").asLong()));
    return ids;
  }

  /** Returns what it was described by. */
  String description() {
    return JsonMapper.shared().readTree(saved.call().body()).path("description").asString();
  }

  /** Returns what the service answered of it. */
  JsonNode properties() {
    return saved.json().path("cohort_properties");
  }

  long id() {
    return properties().path("cohort_id").asLong();
  }

  Call manifest() {
    return Call.get("/cohorts/manifest/" + id()).with("SeriesInstanceUID", "True").as(Bearer.FIRST);
  }

  Call query(String... fields) {
    return Call.post("/cohorts/query/" + id()).json(Cohort.fields(fields)).as(Bearer.FIRST);
  }

  Call delete() {
    return Call.delete("/cohorts/" + id()).as(Bearer.FIRST);
  }

  @Override
  public void close() {
    target.delete(Bearer.FIRST, id());
  }
}
