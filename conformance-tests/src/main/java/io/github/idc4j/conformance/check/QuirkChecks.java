package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.Cohort;
import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Where the deployed service was odd: its way and the sane one pass, and the report says which. */
@Area("quirks")
@Order(12)
@ExtendWith(TargetExtension.class)
final class QuirkChecks {

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks({"quirks.content-type", "errors.no-change"})
  void contentType(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks({"quirks.scalar-body", "errors.no-change"})
  void scalarBody(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks({"quirks.delete-body", "errors.no-change"})
  void deleteBody(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("quirks.unknown-account")
  void unknownAccount(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("quirks.nameless-token")
  void namelessToken(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @Test
  @Checks("quirks.empty-filters")
  @DisplayName("POST /cohorts with empty filters")
  void emptyFilters(Target target) {
    Expect.user(target);
    saves(target, Map.of(), Bearer.FIRST, true);
  }

  @ParameterizedTest(name = "POST /cohorts of an unknown user: {0}")
  @EnumSource(
      value = Bearer.class,
      names = {"NONE", "STRANGER"})
  @Checks("quirks.anonymous-save")
  void anonymousSave(Bearer caller, Target target) {
    Expect.token(target, caller);
    saves(target, Map.of("collection_id", List.of(target.facts().collection())), caller, false);
  }

  /** A cohort that can't be saved is refused, or answered 200 with an error in it, as deployed. */
  private static void saves(
      Target target, Map<String, ?> filters, Bearer caller, boolean mayBeSaved) {
    String body = Cohort.of(target.leftovers().mark(), filters);
    Exchange answer = target.sendUnjudged(Call.post("/cohorts").json(body).as(caller));
    JsonNode properties = answer.json().path("cohort_properties");
    if (properties.has("cohort_id")) {
      target.delete(caller, properties.path("cohort_id").asLong());
      assertThat(mayBeSaved).as("the cohort is saved: %s", answer.excerpt()).isTrue();
      target.saw("saved");
    } else if (answer.status() == 200) {
      assertThat(properties.path("code").asInt(0)).as("code of cohort_properties").isEqualTo(400);
      target.saw("200 with an error in cohort_properties, as deployed");
    } else {
      assertThat(answer.status()).as("status").isBetween(400, 499);
      target.saw("refused with " + answer.status());
    }
  }

  @ParameterizedTest(name = "{0}: page_size={1}")
  @CsvSource({
    "MANIFEST, 0",
    "MANIFEST, -1",
    "QUERY, 0",
    "QUERY, -1",
    "DICOM_METADATA, 0",
    "DICOM_METADATA, -1"
  })
  @Checks("quirks.page-size-not-positive")
  void pageSizeNotPositive(Family family, int size, Target target) {
    Exchange answer = target.sendUnjudged(family.begin(target).with("page_size", size));
    assertThat(answer.status()).as("status").isIn(200, 202, 400, 500);
    target.saw(
        switch (answer.status()) {
          case 200 -> "a page of " + family.rows(answer).size() + " rows";
          case 202 -> "202";
          default -> "refused with " + answer.status();
        });
  }

  @ParameterizedTest(name = "{0}: the length of a token")
  @EnumSource(Family.class)
  @Checks("quirks.token-length")
  void tokenLength(Family family, Target target) {
    String token = Pages.token(target, family);
    target.saw(
        token.length()
            + " characters, "
            + (token.matches("[A-Za-z0-9_=-]+") ? "URL-safe base64" : "not URL-safe base64"));
  }

  @ParameterizedTest(name = "A token of {0} at nextPage of {1}")
  @CsvSource({"MANIFEST, QUERY", "QUERY, MANIFEST"})
  @Checks("quirks.tokens-of-manifest-and-query")
  void tokensOfManifestAndQuery(Family from, Family to, Target target) {
    String token = Pages.token(target, from);
    Exchange answer = target.sendUnjudged(to.next(token).with("page_size", 1));
    assertThat(answer.status()).as("status").isIn(200, 202, 400);
    target.saw(
        answer.status() == 400 ? "refused" : "answered with " + answer.status() + ", as deployed");
  }

  @ParameterizedTest(name = "{0}: how the end of the data is told")
  @EnumSource(
      value = Family.class,
      names = {"MANIFEST", "QUERY"})
  @Checks("quirks.end-of-data")
  void endOfData(Family family, Target target) {
    Exchange page = Pages.whole(target, family);
    if (!family.token(page).isEmpty()) {
      // Only the token tells the end, so that an empty page may bring it.
      page = Walk.finish(target, family, family.next(family.token(page)));
      assertThat(family.rows(page)).as("rows of a page after all").isEmpty();
      target.saw("an empty page after the last row");
    }
    JsonNode end = page.json().path("next_page");
    assertThat(end.isMissingNode() || end.isNull() || end.asString("x").isEmpty())
        .as("next_page is absent, null or empty: %s", end)
        .isTrue();
    target.saw(
        end.isMissingNode()
            ? "next_page is absent"
            : end.isNull() ? "next_page is null" : "next_page is empty, as deployed");
  }

  @ParameterizedTest(name = "GET {0}: the order of keys")
  @ValueSource(strings = {"/about", "/versions", "/collections"})
  @Checks("quirks.sorted-keys")
  void sortedKeys(String path, Target target) {
    List<String> names = new ArrayList<>(target.send(Call.get(path)).json().propertyNames());
    assertThat(names).as("keys of the body").isNotEmpty();
    target.saw(
        names.equals(names.stream().sorted().toList()) ? "sorted, as deployed" : "not sorted");
  }

  @Test
  @Checks("quirks.other-headers")
  @DisplayName("Headers of caches, of other origins and of waits")
  void otherHeaders(Target target) {
    Exchange answer = target.send(Call.get("/about"));
    List<String> there =
        List.of("Access-Control-Allow-Origin", "ETag", "Cache-Control", "Retry-After").stream()
            .filter(name -> !answer.header(name).isEmpty())
            .toList();
    assertThat(answer.status()).as("status").isEqualTo(200);
    target.saw(there.isEmpty() ? "none, as deployed" : String.join(", ", there));
  }
}
