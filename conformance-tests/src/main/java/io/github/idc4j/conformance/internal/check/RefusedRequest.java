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
 * A request that a service must refuse: an entry of {@code refused-requests.yaml}. A property that
 * the entry lacks is null.
 *
 * @param rule identifiers of the rules that the request verifies
 * @param what what is wrong with the request; null if the method and path show the error
 * @param request method and path
 * @param query text to add to the query of the request
 * @param as the caller whose token the request has; {@link Caller#NONE} if the entry lacks it
 * @param type content type of the body, or {@code none} for no Content-Type header; JSON if null
 * @param body body of the request; null for no body
 * @param status the expected status code; 0 if any 4xx status code passes
 * @param deployed status code of the deployed service, which also passes; 0 if the deployed service
 *     behaves as expected
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

  /** Returns the path and query, with placeholders for cohort identifiers. */
  String target() {
    String target = request.substring(request.indexOf(' ') + 1);
    return query == null ? target : target + (target.contains("?") ? "&" : "?") + query;
  }

  /** Sends the request. Verifies that the service refuses it and changes no cohort. */
  Exchange isRefused(CheckContext context) {
    Expect.token(context, as == Caller.CUT ? Caller.FIRST : as);
    if (!contains(SAVED) && !contains(DELETED)) {
      return isRefused(context, "");
    }
    Expect.user(context);
    if (contains(SAVED) && call(context, "1").isReading()) {
      return isRefused(context, "" + SavedCohort.kept(context).id());
    }
    try (SavedCohort cohort = SavedCohort.make(context)) {
      if (contains(DELETED)) {
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
    deleteSavedCohort(context, response);
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

  private boolean contains(String identifier) {
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

  private void deleteSavedCohort(CheckContext context, Exchange response) {
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
          .as("the response has an Allow header")
          .isTrue();
      assertThat(response.header("Allow")).as("Allow").doesNotContain(method());
    } else if (status == 401) {
      // A front end may refuse the request with any message.
      Expect.status(response, 401);
    } else {
      Expect.error(response, status);
    }
  }

  /** Requires a 4xx status code or the status code of the deployed service. */
  private void verifyQuirk(CheckContext context, Exchange response) {
    int seen = response.status();
    assertThat(seen == deployed || (seen >= 400 && seen < 500))
        .as(
            "status code: a 4xx or, as deployed, %d, but it is %d with %s",
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
