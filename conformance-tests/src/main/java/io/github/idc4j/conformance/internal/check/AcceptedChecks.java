package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.Skipped;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Checks of 202 responses. Most of these checks run once for each paged endpoint. */
final class AcceptedChecks {

  private static final long PAGE_SIZE = 3;

  private static final int PAGES = 4;

  /** Maximum page size, so that only the first rows of a large result are compared. */
  private static final long MAX_PAGE_SIZE = 500;

  static List<Check> all() {
    return new CheckList("accepted")
        .forEach(
            "token",
            List.of(PagedEndpoint.values()),
            "{0}: a 202 response has a token in the documented place",
            AcceptedChecks::token,
            "accepted.token")
        .forEach(
            "message",
            List.of(PagedEndpoint.values()),
            "{0}: the message of a 202 response begins with [ERROR]",
            AcceptedChecks::message,
            "accepted.message",
            "accepted.token")
        .forEach(
            "first-page",
            List.of(PagedEndpoint.values()),
            "{0}: nextPage with the token of a 202 response ends with the first page",
            AcceptedChecks::firstPage,
            "accepted.first-page",
            "accepted.rows",
            "accepted.token")
        .check(
            "saved",
            "The manifest and query of a saved cohort return 202 as previews do",
            AcceptedChecks::saved,
            "accepted.saved",
            "accepted.token")
        .forEach(
            "walk",
            List.of(PagedEndpoint.values()),
            "{0}: the pages after a 202 response have the same rows as without it",
            AcceptedChecks::walk,
            "accepted.walk",
            "accepted.token")
        .forEach(
            "old-token",
            List.of(PagedEndpoint.values()),
            "{0}: an old token of a 202 response stays valid",
            AcceptedChecks::oldToken,
            "accepted.old-token",
            "accepted.token")
        .checks();
  }

  private AcceptedChecks() {}

  private static URI acceptedUrl(CheckContext context) {
    return context.acceptedBaseUrl().orElse(context.baseUrl());
  }

  /**
   * Returns a first call for the rows of the collection that the checks use. No other check sends
   * this call, so the service cannot have cached its result. For dicomMetadata, which has no
   * filters, returns the same first call for all checks.
   */
  private static ApiRequest fresh(CheckContext context, PagedEndpoint endpoint, String check) {
    return endpoint == PagedEndpoint.DICOM_METADATA
        ? endpoint.begin(context)
        : endpoint.begin(
            Map.of("collection_id", List.of(context.collection(), "no_such_one_" + check)));
  }

  private static ApiRequest small(ApiRequest call) {
    return call.with("page_size", PAGE_SIZE);
  }

  /**
   * Sends a first call that should return 202. Skips the check if the service returns a page
   * instead.
   */
  private static Exchange accepted(CheckContext context, PagedEndpoint endpoint, ApiRequest first) {
    Exchange response = context.sendUnvalidated(acceptedUrl(context), first);
    Skipped.unless(
        response.status() != 200,
        context.acceptedBaseUrl().isPresent()
            ? "the base URL for 202 responses returns a page at once, possibly from a cache"
            : "the service returns a page at once; pass a base URL at which it returns 202 first"
                + " (--accepted-base-url)");
    Expect.status(response, 202);
    Expect.rule(
        "accepted.token",
        () ->
            assertThat(endpoint.acceptedToken(response))
                .withFailMessage(
                    "The 202 response has no page token at %s", endpoint.acceptedTokenPointer())
                .isNotEmpty());
    return response;
  }

  private static void token(PagedEndpoint endpoint, CheckContext context) {
    accepted(context, endpoint, small(fresh(context, endpoint, "token")));
    context.send(acceptedUrl(context), small(fresh(context, endpoint, "token_validated")));
  }

  private static void message(PagedEndpoint endpoint, CheckContext context) {
    Exchange response = accepted(context, endpoint, small(fresh(context, endpoint, "message")));
    assertThat(response.json().path("message").asString(""))
        .as("message of the 202 response")
        .startsWith("[ERROR]");
  }

  private static void firstPage(PagedEndpoint endpoint, CheckContext context) {
    ApiRequest first = small(fresh(context, endpoint, "first_page"));
    String token = endpoint.acceptedToken(accepted(context, endpoint, first));
    Exchange direct = Walk.finish(context, endpoint, first);
    Exchange page =
        Walk.finish(context, acceptedUrl(context), endpoint, small(endpoint.next(token)));
    assertThat(
            page.json().path("cohort").has("name") || page.json().path("cohort").has("filterSet"))
        .as("the page after a 202 response repeats the cohort")
        .isFalse();
    Expect.rule(
        "accepted.rows",
        () ->
            Expect.sameRows(
                "rows of the page after a 202 response",
                endpoint.rows(page),
                endpoint.rows(direct)));
  }

  private static void saved(CheckContext context) {
    Expect.user(context);
    try (SavedCohort cohort = SavedCohort.make(context)) {
      // No other check requests these columns, so no service has cached the results.
      saved(context, PagedEndpoint.MANIFEST, cohort.manifest().with("StudyInstanceUID", "True"));
      saved(context, PagedEndpoint.QUERY, cohort.query("SeriesInstanceUID", "StudyInstanceUID"));
    }
  }

  private static void saved(CheckContext context, PagedEndpoint endpoint, ApiRequest first) {
    String token = endpoint.acceptedToken(accepted(context, endpoint, first));
    Exchange direct = Walk.finish(context, endpoint, first);
    Exchange page =
        Walk.finish(
            context, acceptedUrl(context), endpoint, endpoint.next(token).as(first.caller()));
    Expect.sameRows(
        "rows of the page after a 202 response", endpoint.rows(page), endpoint.rows(direct));
  }

  private static void walk(PagedEndpoint endpoint, CheckContext context) {
    ApiRequest first = fresh(context, endpoint, "walk");
    String token = endpoint.acceptedToken(accepted(context, endpoint, small(first)));
    long total = endpoint.totalFound(Walk.finish(context, endpoint, small(first)));
    long pageSize = Math.min(total / PAGES + 1, MAX_PAGE_SIZE);
    long compared = Math.min(total, PAGES * pageSize);
    Iterator<JsonNode> seen =
        rows(
            endpoint,
            Walk.of(
                context,
                acceptedUrl(context),
                endpoint,
                endpoint.next(token).with("page_size", pageSize)));
    Iterator<JsonNode> expected =
        rows(endpoint, Walk.of(context, endpoint, first.with("page_size", pageSize)));
    for (long i = 1; i <= compared && expected.hasNext(); i++) {
      assertThat(seen.hasNext()).as("row %d after a 202 response exists", i).isTrue();
      assertThat(seen.next()).as("row %d after a 202 response", i).isEqualTo(expected.next());
    }
    assertThat(compared == total && seen.hasNext())
        .as("there are more rows after a 202 response than without")
        .isFalse();
  }

  private static Iterator<JsonNode> rows(PagedEndpoint endpoint, Walk walk) {
    Iterable<Exchange> pages = () -> walk;
    return StreamSupport.stream(pages.spliterator(), false)
        .flatMap(page -> StreamSupport.stream(endpoint.rows(page).spliterator(), false))
        .iterator();
  }

  private static void oldToken(PagedEndpoint endpoint, CheckContext context) {
    Exchange response = accepted(context, endpoint, small(fresh(context, endpoint, "old_token")));
    ApiRequest old = small(endpoint.next(endpoint.acceptedToken(response)));
    Exchange page = Walk.finish(context, acceptedUrl(context), endpoint, old);
    Exchange again = Walk.finish(context, acceptedUrl(context), endpoint, old);
    Expect.sameRows(
        "rows for the old token, second response", endpoint.rows(again), endpoint.rows(page));
  }
}
