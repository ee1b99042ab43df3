package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.Cohort;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;

/** A cohort that a check saved as the first user; closing it deletes it. */
record SavedCohort(Target target, long id) implements AutoCloseable {

  /** Saves a cohort of the collection that the checks use. */
  static SavedCohort make(Target target) {
    Exchange saved =
        target.send(
            Call.post("/cohorts")
                .json(Cohort.ofCollection(target.facts().collection()))
                .as(Bearer.FIRST));
    Expect.status(saved, 200);
    assertThat(saved.json().at("/cohort_properties/cohort_id").isIntegralNumber())
        .as("cohort_properties has a cohort_id: %s", saved.body())
        .isTrue();
    return new SavedCohort(target, saved.json().at("/cohort_properties/cohort_id").asLong());
  }

  Call manifest() {
    return Call.get("/cohorts/manifest/" + id).with("SeriesInstanceUID", "True").as(Bearer.FIRST);
  }

  Call query(String... fields) {
    return Call.post("/cohorts/query/" + id).json(Cohort.fields(fields)).as(Bearer.FIRST);
  }

  Call delete() {
    return Call.delete("/cohorts/" + id).as(Bearer.FIRST);
  }

  @Override
  public void close() {
    target.send(delete());
  }
}
