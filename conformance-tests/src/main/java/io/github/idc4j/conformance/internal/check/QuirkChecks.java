package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Checks of quirks. Both the deployed behavior and the expected behavior pass, and the report shows
 * which of them was observed.
 */
final class QuirkChecks {

  static List<Check> all() {
    return new CheckList("quirks")
        .forEach(
            "content-type",
            RefusedRequests.of("quirks.content-type"),
            "{0}",
            RefusedRequest::isRefused,
            "quirks.content-type",
            "errors.no-change")
        .forEach(
            "scalar-body",
            RefusedRequests.of("quirks.scalar-body"),
            "{0}",
            RefusedRequest::isRefused,
            "quirks.scalar-body",
            "errors.no-change")
        .forEach(
            "delete-body",
            RefusedRequests.of("quirks.delete-body"),
            "{0}",
            RefusedRequest::isRefused,
            "quirks.delete-body",
            "errors.no-change")
        .forEach(
            "unknown-account",
            RefusedRequests.of("quirks.unknown-account"),
            "{0}",
            RefusedRequest::isRefused,
            "quirks.unknown-account")
        .forEach(
            "nameless-token",
            RefusedRequests.of("quirks.nameless-token"),
            "{0}",
            RefusedRequest::isRefused,
            "quirks.nameless-token")
        .check(
            "empty-filters",
            "Response to POST /cohorts with empty filters",
            QuirkChecks::emptyFilters,
            "quirks.empty-filters")
        .forEach(
            "anonymous-save",
            List.of(Caller.NONE, Caller.STRANGER),
            "Response to POST /cohorts of an unknown user: {0}",
            QuirkChecks::anonymousSave,
            "quirks.anonymous-save")
        .forEach(
            "page-size-not-positive",
            Stream.of(PagedEndpoint.values())
                .flatMap(endpoint -> Stream.of(0, -1).map(size -> new Size(endpoint, size)))
                .toList(),
            "{0}",
            QuirkChecks::pageSizeNotPositive,
            "quirks.page-size-not-positive")
        .forEach(
            "token-length",
            List.of(PagedEndpoint.values()),
            "{0}: form of a token",
            QuirkChecks::tokenLength,
            "quirks.token-length")
        .check(
            "manifest-token-at-query",
            "Response to a manifest token at nextPage of queries",
            context -> otherToken(PagedEndpoint.MANIFEST, PagedEndpoint.QUERY, context),
            "quirks.tokens-of-manifest-and-query")
        .check(
            "query-token-at-manifest",
            "Response to a query token at nextPage of manifests",
            context -> otherToken(PagedEndpoint.QUERY, PagedEndpoint.MANIFEST, context),
            "quirks.tokens-of-manifest-and-query")
        .forEach(
            "end-of-data",
            List.of(PagedEndpoint.MANIFEST, PagedEndpoint.QUERY),
            "{0}: how the last page is marked",
            QuirkChecks::endOfData,
            "quirks.end-of-data")
        .forEach(
            "sorted-keys",
            List.of("/about", "/versions", "/collections"),
            "GET {0}: order of keys",
            QuirkChecks::sortedKeys,
            "quirks.sorted-keys")
        .check(
            "other-headers",
            "CORS, cache and Retry-After headers",
            QuirkChecks::otherHeaders,
            "quirks.other-headers")
        .checks();
  }

  private QuirkChecks() {}

  private static void emptyFilters(CheckContext context) {
    Expect.user(context);
    save(context, Map.of(), Caller.FIRST, true);
  }

  private static void anonymousSave(Caller caller, CheckContext context) {
    Expect.token(context, caller);
    save(context, Map.of("collection_id", List.of(context.collection())), caller, false);
  }

  /**
   * Requires the service to refuse the cohort: with a 4xx status code or, as deployed, with 200 and
   * an error in the body.
   *
   * @param mayBeSaved whether the service may save the cohort instead
   */
  private static void save(
      CheckContext context, Map<String, ?> filters, Caller caller, boolean mayBeSaved) {
    String body = RequestBodies.marked(context.mark(), filters);
    Exchange response = context.sendUnvalidated(ApiRequest.post("/cohorts").json(body).as(caller));
    JsonNode properties = response.json().path("cohort_properties");
    if (properties.has("cohort_id")) {
      context.delete(caller, properties.path("cohort_id").asLong());
      assertThat(mayBeSaved).as("the cohort may be saved: %s", response.excerpt()).isTrue();
      context.observed("saved");
    } else if (response.status() == 200) {
      assertThat(properties.path("code").asInt(0)).as("code of cohort_properties").isEqualTo(400);
      context.observed("200 with an error in cohort_properties, as deployed");
    } else {
      assertThat(response.status()).as("status code").isBetween(400, 499);
      context.observed("refused with " + response.status());
    }
  }

  /** A paged endpoint and a page size. */
  private record Size(PagedEndpoint endpoint, int size) {
    @Override
    public String toString() {
      return endpoint + ": page_size=" + size;
    }
  }

  private static void pageSizeNotPositive(Size size, CheckContext context) {
    PagedEndpoint endpoint = size.endpoint();
    Exchange response =
        context.sendUnvalidated(endpoint.begin(context).with("page_size", size.size()));
    assertThat(response.status()).as("status code").isIn(200, 202, 400, 500);
    context.observed(
        switch (response.status()) {
          case 200 -> "a page of " + endpoint.rows(response).size() + " rows";
          case 202 -> "202";
          default -> "refused with " + response.status();
        });
  }

  private static void tokenLength(PagedEndpoint endpoint, CheckContext context) {
    String token = Pages.token(context, endpoint);
    context.observed(
        token.length()
            + " characters, "
            + (token.matches("[A-Za-z0-9_=-]+") ? "URL-safe base64" : "not URL-safe base64"));
  }

  private static void otherToken(PagedEndpoint from, PagedEndpoint to, CheckContext context) {
    String token = Pages.token(context, from);
    Exchange response = context.sendUnvalidated(to.next(token).with("page_size", 1));
    assertThat(response.status()).as("status code").isIn(200, 202, 400);
    context.observed(
        response.status() == 400
            ? "refused"
            : "accepted with " + response.status() + ", as deployed");
  }

  private static void endOfData(PagedEndpoint endpoint, CheckContext context) {
    Exchange page = Pages.whole(context, endpoint);
    if (!endpoint.token(page).isEmpty()) {
      // Only a missing page token marks the end, so one more page may follow. It must be empty.
      page = Walk.finish(context, endpoint, endpoint.next(endpoint.token(page)));
      assertThat(endpoint.rows(page)).as("rows of a page after the last row").isEmpty();
      context.observed("an empty page after the last row");
    }
    JsonNode end = page.json().path("next_page");
    assertThat(end.isMissingNode() || end.isNull() || end.asString("x").isEmpty())
        .as("next_page is absent, null or empty: %s", end)
        .isTrue();
    context.observed(
        end.isMissingNode()
            ? "next_page is absent"
            : end.isNull() ? "next_page is null" : "next_page is empty, as deployed");
  }

  private static void sortedKeys(String path, CheckContext context) {
    List<String> names = new ArrayList<>(context.send(ApiRequest.get(path)).json().propertyNames());
    assertThat(names).as("keys of the body").isNotEmpty();
    context.observed(
        names.equals(names.stream().sorted().toList()) ? "sorted, as deployed" : "not sorted");
  }

  private static void otherHeaders(CheckContext context) {
    Exchange response = context.send(ApiRequest.get("/about"));
    List<String> present =
        List.of("Access-Control-Allow-Origin", "ETag", "Cache-Control", "Retry-After").stream()
            .filter(name -> !response.header(name).isEmpty())
            .toList();
    assertThat(response.status()).as("status code").isEqualTo(200);
    context.observed(present.isEmpty() ? "none, as deployed" : String.join(", ", present));
  }
}
