package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A request that a service must refuse; what it does not have is null.
 *
 * @param rule the rules that demand it
 * @param what what is wrong; null where the request says it
 * @param request method and target
 * @param query further part of the query
 * @param as whose token it carries
 * @param type content type of the body, {@code none} for no such header
 * @param status the documented one; 0 where any of the 400s is right
 * @param deployed what the deployed service answered in its place; 0 for the same
 */
record Negative(
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> rule,
    String what,
    String request,
    String query,
    Bearer as,
    String type,
    String body,
    int status,
    int deployed) {

  private static final String SAVED = "{cohort_id}";
  private static final String DELETED = "{deleted_id}";
  private static final String UNKNOWN = "{unknown_id}";
  private static final String MARK = "{mark}";

  Negative {
    as = as == null ? Bearer.NONE : as;
  }

  /** Returns the same with somebody's token. */
  Negative as(Bearer somebody) {
    return new Negative(rule, what, request, query, somebody, type, body, status, deployed);
  }

  String method() {
    return request.substring(0, request.indexOf(' '));
  }

  /** Returns path and query, with the names of identifiers in their places. */
  String target() {
    String target = request.substring(request.indexOf(' ') + 1);
    return query == null ? target : target + (target.contains("?") ? "&" : "?") + query;
  }

  /** Sends it, and looks at the answer and at what the first user has saved. */
  Exchange isRefused(Target target) {
    Expect.token(target, as == Bearer.CUT ? Bearer.FIRST : as);
    if (!names(SAVED) && !names(DELETED)) {
      return isRefused(target, "");
    }
    Expect.user(target);
    if (names(SAVED) && call(target, "1").isReading()) {
      return isRefused(target, "" + SavedCohort.kept(target).id());
    }
    try (SavedCohort cohort = SavedCohort.make(target)) {
      if (names(DELETED)) {
        target.send(cohort.delete());
      }
      return isRefused(target, "" + cohort.id());
    }
  }

  private Exchange isRefused(Target target, String id) {
    Call call = call(target, id);
    boolean looked =
        !call.isReading() && call.target().startsWith("/cohorts") && target.api().has(Bearer.FIRST);
    List<Long> before = looked ? target.facts().cohorts() : List.of();
    Exchange answer = deployed == 0 ? target.send(call) : target.sendUnjudged(call);
    removeWhatWasSaved(target, answer);
    judge(target, answer);
    if (looked) {
      assertThat(target.facts().cohortsNow())
          .as("errors.no-change: identifiers of GET /cohorts after the refusal")
          .isEqualTo(before);
    }
    return answer;
  }

  private boolean names(String identifier) {
    return request.contains(identifier) || (body != null && body.contains(identifier));
  }

  private Call call(Target target, String id) {
    Call call = Call.of(method(), identified(target(), id)).as(as);
    if (body == null) {
      return call;
    }
    String text = identified(body, id).replace(MARK, target.leftovers().mark());
    return type == null ? call.json(text) : call.body(type.equals("none") ? null : type, text);
  }

  private static String identified(String text, String id) {
    return text.replace(SAVED, id).replace(DELETED, id).replace(UNKNOWN, "" + SavedCohort.UNKNOWN);
  }

  private void removeWhatWasSaved(Target target, Exchange answer) {
    JsonNode saved = answer.json().at("/cohort_properties/cohort_id");
    if (saved.isIntegralNumber()) {
      target.delete(as, saved.asLong());
    }
  }

  private void judge(Target target, Exchange answer) {
    if (deployed != 0) {
      judgeQuirk(target, answer);
    } else if (status == 404 || status == 405) {
      Expect.html(answer, status);
      assertThat(status == 404 || !answer.header("Allow").isBlank()).as("Allow is there").isTrue();
      assertThat(answer.header("Allow")).as("Allow").doesNotContain(method());
    } else if (status == 401) {
      // A front end's own words.
      Expect.status(answer, 401);
    } else {
      Expect.error(answer, status);
    }
  }

  /** Either refused as the caller's mistake, or told as a fault of the service, as deployed. */
  private void judgeQuirk(Target target, Exchange answer) {
    int seen = answer.status();
    assertThat(seen == deployed || (seen >= 400 && seen < 500))
        .as(
            "status: one of the 400s or, as deployed, %d: it is %d, %s",
            deployed, seen, answer.excerpt())
        .isTrue();
    if (seen != 401) {
      assertThat(answer.json().path("message").asString("")).as("message").isNotBlank();
    }
    int code = answer.json().path("code").asInt(seen);
    target.saw(
        seen == deployed
            ? seen + (code == seen ? "" : " with the code " + code) + ", as deployed"
            : "refused with " + seen);
  }

  @Override
  public String toString() {
    return request.replaceFirst("\\?.*", "")
        + (what == null ? "" : " refuses " + what)
        + (deployed == 0 ? (what == null ? " is " : " with ") + status : "");
  }
}
