package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Caller;
import java.util.List;
import java.util.Map;

/** Checks of error messages. */
final class ErrorChecks {

  private static final Map<String, ?> UNKNOWN = Map.of("no_such_attribute", new String[] {"x"});

  private static final List<Invalid> INVALID =
      List.of(
          new Invalid("GET", "/collections?foo=1", "Invalid argument foo"),
          new Invalid("GET", "/analysis_results?foo=1", "Invalid argument foo"),
          new Invalid(
              "GET", "/cohorts/manifest/nextPage?next_page=garbage", "Invalid next_page token"),
          new Invalid(
              "GET", "/cohorts/query/nextPage?next_page=garbage", "Invalid next_page token"),
          new Invalid(
              "GET", "/dicomMetadata/nextPage?next_page=garbage", "Invalid next_page token"),
          new Invalid("GET", "/dicomMetadata?page_size=abc", "[ERROR] get_query()"),
          new Invalid("POST", "/cohorts/manifest/preview", "[ERROR] get_manifest()"),
          new Invalid("POST", "/cohorts/manifest/preview?Patient_ID=True&foo=1", "Invalid key foo"),
          new Invalid(
              "POST",
              "/cohorts/manifest/preview?Patient_ID=True&page_size=abc",
              "Parameter page_size must have an integer value"),
          new Invalid("POST", "/cohorts/query/preview?page_size=abc", "[ERROR] get_query()"));

  static List<Check> all() {
    return new CheckList("errors")
        .forEach("wording", INVALID, "{0}", ErrorChecks::wording, "errors.wording")
        .check(
            "wording-of-filters",
            "Invalid filters are refused with the documented message",
            ErrorChecks::wordingOfFilters,
            "errors.wording")
        .checks();
  }

  private ErrorChecks() {}

  /** An invalid request and the beginning of the expected error message. */
  private record Invalid(String method, String path, String message) {
    @Override
    public String toString() {
      return method + " " + path + ": the message begins with \"" + message + "\"";
    }
  }

  private static void wording(Invalid invalid, CheckContext context) {
    ApiRequest request = ApiRequest.of(invalid.method(), invalid.path());
    if (invalid.path().contains("/manifest/preview")) {
      request = request.json(RequestBodies.ofCollection(context.collection()));
    } else if (invalid.path().contains("/query/preview")) {
      request = request.json(RequestBodies.query(Map.of(), "PatientID"));
    }
    verifyMessage(context, request, invalid.message());
  }

  private static void wordingOfFilters(CheckContext context) {
    verifyMessage(
        context,
        ApiRequest.post("/cohorts/query/preview").json(RequestBodies.query(UNKNOWN, "PatientID")),
        "Filters were improperly formatted.");
    Expect.user(context);
    verifyMessage(
        context,
        ApiRequest.post("/cohorts")
            .json(RequestBodies.marked(context.mark(), UNKNOWN))
            .as(Caller.FIRST),
        "Cohort information was improperly formatted - cohort not created.");
  }

  private static void verifyMessage(CheckContext context, ApiRequest request, String message) {
    assertThat(Expect.error(context.send(request), 400).json().path("message").asString())
        .as("message")
        .startsWith(message);
  }
}
