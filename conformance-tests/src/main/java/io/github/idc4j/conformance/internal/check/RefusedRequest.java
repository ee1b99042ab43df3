package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Exchange;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A request that a service must refuse; what it does not have is null.
 *
 * @param rule the rules that demand it
 * @param what what is wrong; null where the request says it
 * @param request method and context
 * @param query further part of the query
 * @param as whose token it carries
 * @param type content type of the body, {@code none} for no such header
 * @param status the documented one; 0 where any of the 400s is right
 * @param deployed what the deployed service answered in its place; 0 for the same
 */
record RefusedRequest(
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> rule,
    String what,
    String request,
    String query,
    Caller as,
    String type,
    String body,
    int status,
    int deployed) {

  private static final String SAVED = "{cohort_id}";
  private static final String DELETED = "{deleted_id}";
  private static final String UNKNOWN = "{unknown_id}";
  private static final String MARK = "{mark}";

  RefusedRequest {
    as = as == null ? Caller.NONE : as;
  }

  /** Returns the same request with the token of another caller. */
  RefusedRequest as(Caller caller) {
    return new RefusedRequest(rule, what, request, query, caller, type, body, status, deployed);
  }

  String method() {
    return request.substring(0, request.indexOf(' '));
  }

  /** Returns path and query, with the names of identifiers in their places. */
  String target() {
    String target = request.substring(request.indexOf(' ') + 1);
    return query == null ? target : target + (target.contains("?") ? "&" : "?") + query;
  }

  /** Sends the request, and verifies its refusal and that it changed no cohort. */
  Exchange isRefused(CheckContext context) {
    Expect.token(context, as == Caller.CUT ? Caller.FIRST : as);
    if (!names(SAVED) && !names(DELETED)) {
      return isRefused(context, "");
    }
    Expect.user(context);
    if (names(SAVED) && call(context, "1").isReading()) {
      return isRefused(context, "" + SavedCohort.kept(context).id());
    }
    try (SavedCohort cohort = SavedCohort.make(context)) {
      if (names(DELETED)) {
        context.send(cohort.delete());
      }
      return isRefused(context, "" + cohort.id());
    }
  }

  private Exchange isRefused(CheckContext context, String id) {
    ApiRequest request = call(context, id);
    boolean mayChange =
        !request.isReading()
            && request.target().startsWith("/cohorts")
            && context.hasToken(Caller.FIRST);
    List<Long> before = mayChange ? context.cohorts().saved(context) : List.of();
    Exchange response = deployed == 0 ? context.send(request) : context.sendUnvalidated(request);
    removeWhatWasSaved(context, response);
    verifyRefusal(context, response);
    if (mayChange) {
      Expect.rule(
          "errors.no-change",
          () ->
              assertThat(context.cohorts().savedNow(context))
                  .as("this run's cohorts in GET /cohorts after the refusal")
                  .isEqualTo(before));
    }
    return response;
  }

  private boolean names(String identifier) {
    return request.contains(identifier) || (body != null && body.contains(identifier));
  }

  private ApiRequest call(CheckContext context, String id) {
    ApiRequest call = ApiRequest.of(method(), identified(target(), id)).as(as);
    if (body == null) {
      return call;
    }
    String text = identified(body, id).replace(MARK, context.mark());
    return type == null ? call.json(text) : call.body(type.equals("none") ? null : type, text);
  }

  private static String identified(String text, String id) {
    return text.replace(SAVED, id).replace(DELETED, id).replace(UNKNOWN, "" + SavedCohort.UNKNOWN);
  }

  private void removeWhatWasSaved(CheckContext context, Exchange response) {
    JsonNode saved = response.json().at("/cohort_properties/cohort_id");
    if (saved.isIntegralNumber()) {
      context.delete(as, saved.asLong());
    }
  }

  private void verifyRefusal(CheckContext context, Exchange response) {
    if (deployed != 0) {
      verifyQuirk(context, response);
    } else if (status == 404 || status == 405) {
      Expect.html(response, status);
      assertThat(status == 404 || !response.header("Allow").isBlank())
          .as("Allow is there")
          .isTrue();
      assertThat(response.header("Allow")).as("Allow").doesNotContain(method());
    } else if (status == 401) {
      // A front end's own words.
      Expect.status(response, 401);
    } else {
      Expect.error(response, status);
    }
  }

  /**
   * Either refused as the caller's mistake, or reported as an error of the service, as deployed.
   */
  private void verifyQuirk(CheckContext context, Exchange response) {
    int seen = response.status();
    assertThat(seen == deployed || (seen >= 400 && seen < 500))
        .as(
            "status: one of the 400s or, as deployed, %d: it is %d, %s",
            deployed, seen, response.excerpt())
        .isTrue();
    if (seen != 401) {
      assertThat(response.json().path("message").asString("")).as("message").isNotBlank();
    }
    int code = response.json().path("code").asInt(seen);
    context.observed(
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
