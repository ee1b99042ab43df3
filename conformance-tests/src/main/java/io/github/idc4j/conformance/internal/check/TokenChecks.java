package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Caller;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Checks of page tokens: validity, owner and family. A family is a group of endpoints that accept
 * the same page tokens.
 */
final class TokenChecks {

  static List<Check> all() {
    return new CheckList("tokens")
        .forEach(
            "invalid",
            RefusedRequests.of("tokens.invalid"),
            "{0}",
            RefusedRequest::isRefused,
            "tokens.invalid")
        .forEach(
            "altered",
            List.of(PagedEndpoint.values()),
            "{0}: an altered or shortened token is refused with 400",
            TokenChecks::altered,
            "tokens.altered")
        .forEach(
            "owner",
            List.of(PagedEndpoint.MANIFEST, PagedEndpoint.QUERY),
            "{0}: another user cannot use a user's token",
            TokenChecks::owner,
            "tokens.owner")
        .forEach(
            "anonymous-and-users",
            List.of(PagedEndpoint.MANIFEST, PagedEndpoint.QUERY),
            "{0}: a user cannot use an anonymous token, and an anonymous caller not a user's",
            TokenChecks::anonymousAndUsers,
            "tokens.owner")
        .check(
            "saved",
            "The manifest and query of a saved cohort can be fetched in three pages",
            TokenChecks::saved,
            "tokens.saved")
        .forEach(
            "family",
            List.of(
                new Pair(PagedEndpoint.DICOM_METADATA, PagedEndpoint.MANIFEST),
                new Pair(PagedEndpoint.DICOM_METADATA, PagedEndpoint.QUERY),
                new Pair(PagedEndpoint.MANIFEST, PagedEndpoint.DICOM_METADATA),
                new Pair(PagedEndpoint.QUERY, PagedEndpoint.DICOM_METADATA)),
            "A token of {0}",
            TokenChecks::family,
            "tokens.family")
        .check(
            "anonymous",
            "Every caller can use a dicomMetadata token",
            TokenChecks::anonymous,
            "tokens.nobody")
        .checks();
  }

  private TokenChecks() {}

  private static void altered(PagedEndpoint endpoint, CheckContext context) {
    String token = Pages.token(context, endpoint);
    int middle = token.length() / 2;
    char other = token.charAt(middle) == 'A' ? 'B' : 'A';
    Expect.error(
        context.send(
            endpoint.next(token.substring(0, middle) + other + token.substring(middle + 1))),
        400);
    Expect.error(context.send(endpoint.next(token.substring(0, middle))), 400);
  }

  private static void owner(PagedEndpoint endpoint, CheckContext context) {
    Expect.twoUsers(context);
    String token = Pages.token(context, endpoint, Caller.FIRST);
    Expect.error(context.send(endpoint.next(token).as(Caller.SECOND)), 400);
    Walk.finish(context, endpoint, endpoint.next(token).as(Caller.FIRST));
  }

  private static void anonymousAndUsers(PagedEndpoint endpoint, CheckContext context) {
    Expect.user(context);
    ApiRequest anonymous = endpoint.next(Pages.token(context, endpoint));
    Expect.error(context.send(anonymous.as(Caller.FIRST)), 400);
    Walk.finish(context, endpoint, anonymous);
    Expect.error(context.send(endpoint.next(Pages.token(context, endpoint, Caller.FIRST))), 400);
  }

  private static void saved(CheckContext context) {
    Expect.user(context);
    Map<String, ?> filters = context.someSeries();
    try (SavedCohort cohort = SavedCohort.make(context, filters)) {
      verifySavedRows(
          context,
          PagedEndpoint.MANIFEST,
          cohort.manifest().with("Patient_ID", "True"),
          PagedEndpoint.MANIFEST.begin(filters));
      verifySavedRows(
          context,
          PagedEndpoint.QUERY,
          cohort.query("PatientID", "SeriesInstanceUID"),
          PagedEndpoint.QUERY.begin(filters));
    }
  }

  private static void verifySavedRows(
      CheckContext context, PagedEndpoint endpoint, ApiRequest saved, ApiRequest preview) {
    List<JsonNode> expected =
        Pages.rows(endpoint, Walk.of(context, endpoint, preview), Integer.MAX_VALUE);
    int third = (expected.size() + 2) / 3;
    PagedRows rows = new PagedRows(context, endpoint);
    rows.add(Walk.of(context, endpoint, saved.with("page_size", third)), Integer.MAX_VALUE);
    rows.requireAll(
        "rows of the %s of a saved cohort, compared with the preview".formatted(endpoint),
        expected);
  }

  /** The endpoint that returned a page token, and another endpoint, which must refuse the token. */
  private record Pair(PagedEndpoint from, PagedEndpoint to) {
    @Override
    public String toString() {
      return from + " is refused by " + to;
    }
  }

  private static void family(Pair pair, CheckContext context) {
    String token = Pages.token(context, pair.from());
    Expect.error(context.send(pair.to().next(token)), 400);
  }

  private static void anonymous(CheckContext context) {
    Expect.user(context);
    PagedEndpoint endpoint = PagedEndpoint.DICOM_METADATA;
    ApiRequest next = endpoint.next(Pages.token(context, endpoint)).with("page_size", 2);
    Expect.sameRows(
        "rows with a user's token, compared with those without",
        endpoint.rows(Walk.finish(context, endpoint, next.as(Caller.FIRST))),
        endpoint.rows(Walk.finish(context, endpoint, next)));
  }
}
