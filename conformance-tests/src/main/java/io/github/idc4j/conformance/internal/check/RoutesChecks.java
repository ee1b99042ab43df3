package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Exchange;
import java.util.List;

/** Checks of paths, HTTP methods and headers. */
final class RoutesChecks {

  private static final List<String> SECURITY_HEADERS =
      List.of(
          "X-Frame-Options",
          "X-Content-Type-Options",
          "Content-Security-Policy",
          "Referrer-Policy",
          "Strict-Transport-Security");

  static List<Check> all() {
    return new CheckList("routes")
        .forEach(
            "final-slash",
            List.of("/about", "/versions", "/collections", "/analysis_results", "/attributes"),
            "GET {0}/ returns the response of {0}, without a redirect",
            RoutesChecks::finalSlash,
            "routes.final-slash")
        .forEach(
            "final-slash-of-first-call",
            List.of(PagedEndpoint.values()),
            "{0}: a first call also works with a trailing slash",
            RoutesChecks::finalSlashOfFirstCall,
            "routes.final-slash")
        .check(
            "final-slash-of-users-paths",
            "User paths also work with a trailing slash",
            RoutesChecks::finalSlashOfUsersPaths,
            "routes.final-slash")
        .forEach(
            "not-found",
            RefusedRequests.of("routes.not-found"),
            "{0}",
            RefusedRequest::isRefused,
            "routes.not-found",
            "errors.no-change")
        .forEach(
            "method-not-allowed",
            RefusedRequests.of("routes.method-not-allowed"),
            "{0}",
            RefusedRequest::isRefused,
            "routes.method-not-allowed",
            "errors.no-change")
        .forEach(
            "method-not-allowed-without-slash",
            List.of(
                ApiRequest.post("/about"),
                ApiRequest.of("PUT", "/cohorts"),
                ApiRequest.get("/cohorts/manifest/preview")),
            "{0}, without a trailing slash, returns 405 or, as a quirk, 404",
            RoutesChecks::methodNotAllowedWithoutSlash,
            "routes.method-not-allowed-quirk")
        .check(
            "security-headers",
            "Responses have the security headers",
            RoutesChecks::securityHeaders,
            "routes.security-headers")
        .check(
            "json-charset",
            "JSON responses have no charset parameter",
            RoutesChecks::jsonCharset,
            "routes.json-charset")
        .checks();
  }

  private RoutesChecks() {}

  private static void finalSlash(String path, CheckContext context) {
    Exchange plain = Expect.status(context.send(ApiRequest.get(path)), 200);
    Exchange slashed = Expect.status(context.send(ApiRequest.get(path + "/")), 200);
    assertThat(slashed.json()).as("body with a trailing slash").isEqualTo(plain.json());
  }

  private static void finalSlashOfFirstCall(PagedEndpoint endpoint, CheckContext context) {
    ApiRequest first = endpoint.begin(context).with("page_size", 2);
    Exchange plain = Walk.finish(context, endpoint, first);
    Exchange slashed = Walk.finish(context, endpoint, first.withFinalSlash());
    Expect.sameRows("rows with a trailing slash", endpoint.rows(slashed), endpoint.rows(plain));
  }

  private static void finalSlashOfUsersPaths(CheckContext context) {
    Expect.user(context);
    Expect.status(
        context.send(ApiRequest.get("/users/account_details").as(Caller.FIRST).withFinalSlash()),
        200);
    Expect.status(context.send(ApiRequest.get("/cohorts").as(Caller.FIRST).withFinalSlash()), 200);
    try (SavedCohort cohort = SavedCohort.make(context)) {
      Walk.finish(context, PagedEndpoint.MANIFEST, cohort.manifest().withFinalSlash());
      Walk.finish(context, PagedEndpoint.QUERY, cohort.query("PatientID").withFinalSlash());
      Expect.status(context.send(cohort.delete().withFinalSlash()), 200);
    }
  }

  private static void methodNotAllowedWithoutSlash(ApiRequest request, CheckContext context) {
    Exchange exchange = context.sendUnvalidated(request);
    assertThat(exchange.status()).as("status code").isIn(405, 404);
    Expect.html(exchange, exchange.status());
    context.observed(exchange.status() == 404 ? "404, as deployed" : "405");
  }

  private static void securityHeaders(CheckContext context) {
    Exchange exchange = context.send(ApiRequest.get("/about"));
    assertThat(SECURITY_HEADERS)
        .as("security headers of the response")
        .allMatch(name -> !exchange.header(name).isEmpty());
  }

  private static void jsonCharset(CheckContext context) {
    Exchange response = context.send(ApiRequest.get("/about"));
    assertThat(response.header("Content-Type")).as("Content-Type").isEqualTo("application/json");
  }
}
