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

/** The laws of 202, for each endpoint. */
final class AcceptedChecks {

  private static final long PAGE_SIZE = 3;

  private static final int PAGES = 4;

  /** Of a large result the first pages tell: what follows comes by the same kind of token. */
  private static final long MAX_PAGE_SIZE = 500;

  static List<Check> all() {
    return new CheckList("accepted")
        .forEach(
            "token",
            List.of(PagedEndpoint.values()),
            "{0}: a 202 has a token, where that endpoint has it",
            AcceptedChecks::token,
            "accepted.token")
        .forEach(
            "message",
            List.of(PagedEndpoint.values()),
            "{0}: the message of a 202 begins with [ERROR]",
            AcceptedChecks::message,
            "accepted.message",
            "accepted.token")
        .forEach(
            "first-page",
            List.of(PagedEndpoint.values()),
            "{0}: nextPage with the token of a 202 ends in the first page",
            AcceptedChecks::firstPage,
            "accepted.first-page",
            "accepted.rows",
            "accepted.token")
        .check(
            "saved",
            "A saved cohort's manifest and query are answered by 202 as previews are",
            AcceptedChecks::saved,
            "accepted.saved",
            "accepted.token")
        .forEach(
            "walk",
            List.of(PagedEndpoint.values()),
            "{0}: a walk with 202 gives the rows of one without",
            AcceptedChecks::walk,
            "accepted.walk",
            "accepted.token")
        .forEach(
            "old-token",
            List.of(PagedEndpoint.values()),
            "{0}: an old token of a 202 stays good",
            AcceptedChecks::oldToken,
            "accepted.old-token",
            "accepted.token")
        .checks();
  }

  private AcceptedChecks() {}

  private static URI address(CheckContext context) {
    return context.acceptedBaseUrl().orElse(context.baseUrl());
  }

  /**
   * Returns a first call that no other check sends: a service may keep a result, and answer at once
   * when it is asked for again. Its rows are those of the collection that the checks use.
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

  /** Sends a first call that is to be answered by 202; skips where it is answered at once. */
  private static Exchange accepted(CheckContext context, PagedEndpoint endpoint, ApiRequest first) {
    Exchange answer = context.sendUnvalidated(address(context), first);
    Skipped.unless(
        answer.status() != 200,
        context.acceptedBaseUrl().isPresent()
            ? "the address that is to answer 202 answers at once, maybe with a result that it kept"
            : "the service answers at once; give an address at which it does not"
                + " (--accepted-base-url)");
    Expect.status(answer, 202);
    Expect.rule(
        "accepted.token",
        () ->
            assertThat(endpoint.acceptedToken(answer))
                .as("page token of the 202 response: %s", answer.excerpt())
                .isNotEmpty());
    return answer;
  }

  private static void token(PagedEndpoint endpoint, CheckContext context) {
    accepted(context, endpoint, small(fresh(context, endpoint, "token")));
    context.send(address(context), small(fresh(context, endpoint, "token_judged")));
  }

  private static void message(PagedEndpoint endpoint, CheckContext context) {
    Exchange answer = accepted(context, endpoint, small(fresh(context, endpoint, "message")));
    assertThat(answer.json().path("message").asString(""))
        .as("message of the 202 response")
        .startsWith("[ERROR]");
  }

  private static void firstPage(PagedEndpoint endpoint, CheckContext context) {
    ApiRequest first = small(fresh(context, endpoint, "first_page"));
    String token = endpoint.acceptedToken(accepted(context, endpoint, first));
    Exchange straight = Walk.finish(context, endpoint, first);
    Exchange page = Walk.finish(context, address(context), endpoint, small(endpoint.next(token)));
    assertThat(
            page.json().path("cohort").has("name") || page.json().path("cohort").has("filterSet"))
        .as("the cohort is repeated after a 202 response")
        .isFalse();
    Expect.rule(
        "accepted.rows",
        () ->
            Expect.sameRows(
                "the page after a 202 response", endpoint.rows(page), endpoint.rows(straight)));
  }

  private static void saved(CheckContext context) {
    Expect.user(context);
    try (SavedCohort cohort = SavedCohort.make(context)) {
      // No other check has these columns.
      saved(context, PagedEndpoint.MANIFEST, cohort.manifest().with("StudyInstanceUID", "True"));
      saved(context, PagedEndpoint.QUERY, cohort.query("SeriesInstanceUID", "StudyInstanceUID"));
    }
  }

  private static void saved(CheckContext context, PagedEndpoint endpoint, ApiRequest first) {
    String token = endpoint.acceptedToken(accepted(context, endpoint, first));
    Exchange straight = Walk.finish(context, endpoint, first);
    Exchange page =
        Walk.finish(context, address(context), endpoint, endpoint.next(token).as(first.caller()));
    Expect.sameRows("the page after 202", endpoint.rows(page), endpoint.rows(straight));
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
                address(context),
                endpoint,
                endpoint.next(token).with("page_size", pageSize)));
    Iterator<JsonNode> expected =
        rows(endpoint, Walk.of(context, endpoint, first.with("page_size", pageSize)));
    for (long i = 1; i <= compared && expected.hasNext(); i++) {
      assertThat(seen.hasNext()).as("there is row %d of a walk with 202", i).isTrue();
      assertThat(seen.next()).as("row %d of a walk with 202", i).isEqualTo(expected.next());
    }
    assertThat(compared == total && seen.hasNext())
        .as("there are more rows in a walk with 202")
        .isFalse();
  }

  private static Iterator<JsonNode> rows(PagedEndpoint endpoint, Walk walk) {
    Iterable<Exchange> pages = () -> walk;
    return StreamSupport.stream(pages.spliterator(), false)
        .flatMap(page -> StreamSupport.stream(endpoint.rows(page).spliterator(), false))
        .iterator();
  }

  private static void oldToken(PagedEndpoint endpoint, CheckContext context) {
    Exchange answer = accepted(context, endpoint, small(fresh(context, endpoint, "old_token")));
    ApiRequest old = small(endpoint.next(endpoint.acceptedToken(answer)));
    Exchange page = Walk.finish(context, address(context), endpoint, old);
    Exchange again = Walk.finish(context, address(context), endpoint, old);
    Expect.sameRows("the old token", endpoint.rows(again), endpoint.rows(page));
  }
}
