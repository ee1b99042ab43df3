package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Exchange;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The cohorts that the checks of a session saved with the ID token of the first user. */
final class OwnCohorts {

  private static final ApiRequest COHORTS = ApiRequest.get("/cohorts").as(Caller.FIRST);

  private Optional<Exchange> kept = Optional.empty();
  private List<Long> cohorts = List.of();
  private int writes = -1;

  /**
   * Returns the response to the request that saved the shared cohort. The first call saves the
   * cohort, which is kept until the run ends.
   */
  Exchange kept(CheckContext context, Supplier<Exchange> saver) {
    Exchange saved = kept.orElseGet(saver);
    kept = Optional.of(saved);
    context.log().recall(context.baseUrl(), saved);
    return saved;
  }

  /**
   * Returns the identifiers of the cohorts. Sends a request only if earlier requests may have
   * changed the list.
   */
  List<Long> saved(CheckContext context) {
    if (writes != context.writes()) {
      note(context, context.sendUnvalidated(COHORTS));
    }
    return cohorts;
  }

  /**
   * Returns the identifiers of the cohorts. Always sends a request, which is not part of the check.
   */
  List<Long> savedNow(CheckContext context) {
    note(context, context.sendAside(COHORTS));
    return cohorts;
  }

  /**
   * Stores the identifiers of the cohorts of this session. Ignores other cohorts, because other
   * runs and programs of the same user may save and delete cohorts at the same time.
   */
  private void note(CheckContext context, Exchange list) {
    if (list.status() != 200) {
      throw new AssertionError(
          "the check needs the list of cohorts, but GET /cohorts responded with "
              + list.status()
              + " "
              + list.excerpt());
    }
    cohorts =
        list.json()
            .path("cohorts")
            .valueStream()
            .filter(context::isOwn)
            .map(cohort -> cohort.path("cohort_id").asLong())
            .toList();
    writes = context.writes();
  }
}
