package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Caller;
import java.util.List;
import java.util.Map;

/** The messages of errors. */
final class ErrorChecks {

  private static final Map<String, ?> UNKNOWN = Map.of("no_such_attribute", new String[] {"x"});

  private static final List<Wrong> WRONG =
      List.of(
          new Wrong("GET", "/collections?foo=1", "Invalid argument foo"),
          new Wrong("GET", "/analysis_results?foo=1", "Invalid argument foo"),
          new Wrong(
              "GET", "/cohorts/manifest/nextPage?next_page=garbage", "Invalid next_page token"),
          new Wrong("GET", "/cohorts/query/nextPage?next_page=garbage", "Invalid next_page token"),
          new Wrong("GET", "/dicomMetadata/nextPage?next_page=garbage", "Invalid next_page token"),
          new Wrong("GET", "/dicomMetadata?page_size=abc", "[ERROR] get_query()"),
          new Wrong("POST", "/cohorts/manifest/preview", "[ERROR] get_manifest()"),
          new Wrong("POST", "/cohorts/manifest/preview?Patient_ID=True&foo=1", "Invalid key foo"),
          new Wrong(
              "POST",
              "/cohorts/manifest/preview?Patient_ID=True&page_size=abc",
              "Parameter page_size must have an integer value"),
          new Wrong("POST", "/cohorts/query/preview?page_size=abc", "[ERROR] get_query()"));

  static List<Check> all() {
    return new CheckList("errors")
        .forEach("wording", WRONG, "{0}", ErrorChecks::wording, "errors.wording")
        .check(
            "wording-of-filters",
            "Invalid filters are refused with the documented message",
            ErrorChecks::wordingOfFilters,
            "errors.wording")
        .checks();
  }

  private ErrorChecks() {}

  /** A request that is wrong, and how the message of its error begins. */
  private record Wrong(String method, String path, String message) {
    @Override
    public String toString() {
      return method + " " + path + ": the message begins with \"" + message + "\"";
    }
  }

  private static void wording(Wrong wrong, CheckContext context) {
    ApiRequest request = ApiRequest.of(wrong.method(), wrong.path());
    if (wrong.path().contains("/manifest/preview")) {
      request = request.json(RequestBodies.ofCollection(context.collection()));
    } else if (wrong.path().contains("/query/preview")) {
      request = request.json(RequestBodies.query(Map.of(), "PatientID"));
    }
    says(context, request, wrong.message());
  }

  private static void wordingOfFilters(CheckContext context) {
    says(
        context,
        ApiRequest.post("/cohorts/query/preview").json(RequestBodies.query(UNKNOWN, "PatientID")),
        "Filters were improperly formatted.");
    Expect.user(context);
    says(
        context,
        ApiRequest.post("/cohorts")
            .json(RequestBodies.marked(context.mark(), UNKNOWN))
            .as(Caller.FIRST),
        "Cohort information was improperly formatted - cohort not created.");
  }

  private static void says(CheckContext context, ApiRequest request, String message) {
    assertThat(Expect.error(context.send(request), 400).json().path("message").asString())
        .startsWith(message);
  }
}
