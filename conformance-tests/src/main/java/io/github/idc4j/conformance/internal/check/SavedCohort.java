package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A cohort that a check saved as the first user. {@link #close} deletes the cohort.
 *
 * @param saved the request that saved the cohort, with its response
 */
record SavedCohort(CheckContext context, Exchange saved) implements AutoCloseable {

  /** An identifier that is too large to be the identifier of a cohort. */
  static final long UNKNOWN = 9_000_000_000_000L;

  /** Saves a cohort that contains the collection that the checks use. */
  static SavedCohort make(CheckContext context) {
    return make(context, Map.of("collection_id", List.of(context.collection())));
  }

  static SavedCohort make(CheckContext context, Map<String, ?> filters) {
    return new SavedCohort(context, save(context, filters));
  }

  /**
   * Returns a cohort that is kept until the run ends. Use it only for requests that change nothing.
   */
  static SavedCohort kept(CheckContext context) {
    Map<String, ?> filters = Map.of("collection_id", List.of(context.collection()));
    return new SavedCohort(context, context.cohorts().kept(context, () -> save(context, filters)));
  }

  private static Exchange save(CheckContext context, Map<String, ?> filters) {
    ApiRequest call =
        ApiRequest.post("/cohorts").json(RequestBodies.marked(context.mark(), filters));
    Exchange saved = context.send(call.as(Caller.FIRST));
    Expect.status(saved, 200);
    assertThat(saved.json().at("/cohort_properties/cohort_id").isIntegralNumber())
        .as("cohort_properties has a cohort_id: %s", saved.excerpt())
        .isTrue();
    return saved;
  }

  /** Returns the identifiers of all cohorts of the first user. */
  static List<Long> listed(CheckContext context) {
    List<Long> ids = new ArrayList<>();
    Exchange list = Expect.status(context.send(ApiRequest.get("/cohorts").as(Caller.FIRST)), 200);
    list.json().path("cohorts").forEach(entry -> ids.add(entry.path("cohort_id").asLong()));
    return ids;
  }

  /** Returns the text that is both the name and the description of the cohort. */
  String mark() {
    return JsonMapper.shared().readTree(saved.request().body()).path("name").asString();
  }

  /** Returns the cohort_properties in the response. */
  JsonNode properties() {
    return saved.json().path("cohort_properties");
  }

  long id() {
    return properties().path("cohort_id").asLong();
  }

  ApiRequest manifest() {
    return ApiRequest.get("/cohorts/manifest/" + id())
        .with("SeriesInstanceUID", "True")
        .as(Caller.FIRST);
  }

  ApiRequest query(String... fields) {
    return ApiRequest.post("/cohorts/query/" + id())
        .json(RequestBodies.fields(fields))
        .as(Caller.FIRST);
  }

  ApiRequest delete() {
    return ApiRequest.delete("/cohorts/" + id()).as(Caller.FIRST);
  }

  @Override
  public void close() {
    context.delete(Caller.FIRST, id());
  }
}
