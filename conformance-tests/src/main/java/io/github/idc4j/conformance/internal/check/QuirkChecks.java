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

/** Quirks of the deployed service: its behavior and the expected one pass, and are reported. */
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
            "POST /cohorts with empty filters",
            QuirkChecks::emptyFilters,
            "quirks.empty-filters")
        .forEach(
            "anonymous-save",
            List.of(Caller.NONE, Caller.STRANGER),
            "POST /cohorts of an unknown user: {0}",
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
            "{0}: the length of a token",
            QuirkChecks::tokenLength,
            "quirks.token-length")
        .check(
            "manifest-token-at-query",
            "A token of manifest at nextPage of query",
            context -> otherToken(PagedEndpoint.MANIFEST, PagedEndpoint.QUERY, context),
            "quirks.tokens-of-manifest-and-query")
        .check(
            "query-token-at-manifest",
            "A token of query at nextPage of manifest",
            context -> otherToken(PagedEndpoint.QUERY, PagedEndpoint.MANIFEST, context),
            "quirks.tokens-of-manifest-and-query")
        .forEach(
            "end-of-data",
            List.of(PagedEndpoint.MANIFEST, PagedEndpoint.QUERY),
            "{0}: how the end of the data is shown",
            QuirkChecks::endOfData,
            "quirks.end-of-data")
        .forEach(
            "sorted-keys",
            List.of("/about", "/versions", "/collections"),
            "GET {0}: the order of keys",
            QuirkChecks::sortedKeys,
            "quirks.sorted-keys")
        .check(
            "other-headers",
            "Headers of caches, of other origins and of waits",
            QuirkChecks::otherHeaders,
            "quirks.other-headers")
        .checks();
  }

  private QuirkChecks() {}

  private static void emptyFilters(CheckContext context) {
    Expect.user(context);
    saves(context, Map.of(), Caller.FIRST, true);
  }

  private static void anonymousSave(Caller caller, CheckContext context) {
    Expect.token(context, caller);
    saves(context, Map.of("collection_id", List.of(context.collection())), caller, false);
  }

  /** A cohort that can't be saved is refused, or answered 200 with an error in it, as deployed. */
  private static void saves(
      CheckContext context, Map<String, ?> filters, Caller caller, boolean mayBeSaved) {
    String body = RequestBodies.marked(context.mark(), filters);
    Exchange answer = context.sendUnvalidated(ApiRequest.post("/cohorts").json(body).as(caller));
    JsonNode properties = answer.json().path("cohort_properties");
    if (properties.has("cohort_id")) {
      context.delete(caller, properties.path("cohort_id").asLong());
      assertThat(mayBeSaved).as("the cohort is saved: %s", answer.excerpt()).isTrue();
      context.observed("saved");
    } else if (answer.status() == 200) {
      assertThat(properties.path("code").asInt(0)).as("code of cohort_properties").isEqualTo(400);
      context.observed("200 with an error in cohort_properties, as deployed");
    } else {
      assertThat(answer.status()).as("status").isBetween(400, 499);
      context.observed("refused with " + answer.status());
    }
  }

  /** A page size at an endpoint. */
  private record Size(PagedEndpoint endpoint, int size) {
    @Override
    public String toString() {
      return endpoint + ": page_size=" + size;
    }
  }

  private static void pageSizeNotPositive(Size size, CheckContext context) {
    PagedEndpoint endpoint = size.endpoint();
    Exchange answer =
        context.sendUnvalidated(endpoint.begin(context).with("page_size", size.size()));
    assertThat(answer.status()).as("status").isIn(200, 202, 400, 500);
    context.observed(
        switch (answer.status()) {
          case 200 -> "a page of " + endpoint.rows(answer).size() + " rows";
          case 202 -> "202";
          default -> "refused with " + answer.status();
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
    Exchange answer = context.sendUnvalidated(to.next(token).with("page_size", 1));
    assertThat(answer.status()).as("status").isIn(200, 202, 400);
    context.observed(
        answer.status() == 400 ? "refused" : "answered with " + answer.status() + ", as deployed");
  }

  private static void endOfData(PagedEndpoint endpoint, CheckContext context) {
    Exchange page = Pages.whole(context, endpoint);
    if (!endpoint.token(page).isEmpty()) {
      // Only the token shows the end, so that an empty page may bring it.
      page = Walk.finish(context, endpoint, endpoint.next(endpoint.token(page)));
      assertThat(endpoint.rows(page)).as("rows of a page after all").isEmpty();
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
    Exchange answer = context.send(ApiRequest.get("/about"));
    List<String> there =
        List.of("Access-Control-Allow-Origin", "ETag", "Cache-Control", "Retry-After").stream()
            .filter(name -> !answer.header(name).isEmpty())
            .toList();
    assertThat(answer.status()).as("status").isEqualTo(200);
    context.observed(there.isEmpty() ? "none, as deployed" : String.join(", ", there));
  }
}
