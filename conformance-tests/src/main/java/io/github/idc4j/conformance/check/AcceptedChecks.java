package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The laws of 202, for each family. */
@Area("accepted")
@Order(9)
@ExtendWith(TargetExtension.class)
final class AcceptedChecks {

  private static final long PAGE_SIZE = 3;

  private static final int PAGES = 4;

  /** Of a large result the first pages tell: what follows comes by the same kind of token. */
  private static final long MAX_PAGE_SIZE = 500;

  private static URI address(Target target) {
    return target.acceptedBaseUrl().orElse(target.baseUrl());
  }

  /**
   * Returns a first call that no other check sends: a service may keep a result, and answer at once
   * when it is asked for again. Its rows are those of the collection that the checks use.
   */
  private static Call fresh(Target target, Family family, String check) {
    return family == Family.DICOM_METADATA
        ? family.begin(target)
        : family.begin(
            Map.of("collection_id", List.of(target.facts().collection(), "no_such_one_" + check)));
  }

  private static Call small(Call call) {
    return call.with("page_size", PAGE_SIZE);
  }

  /** Sends a first call that is to be answered by 202; skips where it is answered at once. */
  private static Exchange accepted(Target target, Family family, Call first) {
    Exchange answer = target.sendUnjudged(address(target), first);
    assumeTrue(
        answer.status() != 200,
        target.acceptedBaseUrl().isPresent()
            ? "the address that is to answer 202 answers at once, maybe with a result that it kept"
            : "the service answers at once; give an address at which it does not"
                + " (--accepted-base-url)");
    Expect.status(answer, 202);
    assertThat(family.acceptedToken(answer))
        .as("accepted.token: the token of the 202: %s", answer.excerpt())
        .isNotEmpty();
    return answer;
  }

  @ParameterizedTest(name = "{0}: a 202 has a token, where that family has it")
  @EnumSource(Family.class)
  @Checks("accepted.token")
  void token(Family family, Target target) {
    accepted(target, family, small(fresh(target, family, "token")));
    target.send(address(target), small(fresh(target, family, "token_judged")));
  }

  @ParameterizedTest(name = "{0}: the message of a 202 begins with [ERROR]")
  @EnumSource(Family.class)
  @Checks({"accepted.message", "accepted.token"})
  void message(Family family, Target target) {
    Exchange answer = accepted(target, family, small(fresh(target, family, "message")));
    assertThat(answer.json().path("message").asString(""))
        .as("accepted.message: message of the 202")
        .startsWith("[ERROR]");
  }

  @ParameterizedTest(name = "{0}: nextPage with the token of a 202 ends in the first page")
  @EnumSource(Family.class)
  @Checks({"accepted.first-page", "accepted.rows", "accepted.token"})
  void firstPage(Family family, Target target) {
    Call first = small(fresh(target, family, "first_page"));
    String token = family.acceptedToken(accepted(target, family, first));
    Exchange straight = Walk.finish(target, family, first);
    Exchange page = Walk.finish(target, address(target), family, small(family.next(token)));
    assertThat(
            page.json().path("cohort").has("name") || page.json().path("cohort").has("filterSet"))
        .as("accepted.first-page: the cohort is repeated after a 202")
        .isFalse();
    Expect.sameRows("accepted.rows: the page after 202", family.rows(page), family.rows(straight));
  }

  @Test
  @Checks({"accepted.saved", "accepted.token"})
  @DisplayName("A saved cohort's manifest and query are answered by 202 as previews are")
  void saved(Target target) {
    Expect.user(target);
    try (SavedCohort cohort = SavedCohort.make(target)) {
      // No other check has these columns.
      saved(target, Family.MANIFEST, cohort.manifest().with("StudyInstanceUID", "True"));
      saved(target, Family.QUERY, cohort.query("SeriesInstanceUID", "StudyInstanceUID"));
    }
  }

  private static void saved(Target target, Family family, Call first) {
    String token = family.acceptedToken(accepted(target, family, first));
    Exchange straight = Walk.finish(target, family, first);
    Exchange page =
        Walk.finish(target, address(target), family, family.next(token).as(first.bearer()));
    Expect.sameRows("the page after 202", family.rows(page), family.rows(straight));
  }

  @ParameterizedTest(name = "{0}: a walk with 202 gives the rows of one without")
  @EnumSource(Family.class)
  @Checks({"accepted.walk", "accepted.token"})
  void walk(Family family, Target target) {
    Call first = fresh(target, family, "walk");
    String token = family.acceptedToken(accepted(target, family, small(first)));
    long total = family.totalFound(Walk.finish(target, family, small(first)));
    long pageSize = Math.min(total / PAGES + 1, MAX_PAGE_SIZE);
    long compared = Math.min(total, PAGES * pageSize);
    Iterator<JsonNode> seen =
        rows(
            family,
            Walk.of(
                target, address(target), family, family.next(token).with("page_size", pageSize)));
    Iterator<JsonNode> expected =
        rows(family, Walk.of(target, family, first.with("page_size", pageSize)));
    for (long i = 1; i <= compared && expected.hasNext(); i++) {
      assertThat(seen.hasNext()).as("there is row %d of a walk with 202", i).isTrue();
      assertThat(seen.next()).as("row %d of a walk with 202", i).isEqualTo(expected.next());
    }
    assertThat(compared == total && seen.hasNext())
        .as("there are more rows in a walk with 202")
        .isFalse();
  }

  private static Iterator<JsonNode> rows(Family family, Walk walk) {
    Iterable<Exchange> pages = () -> walk;
    return StreamSupport.stream(pages.spliterator(), false)
        .flatMap(page -> StreamSupport.stream(family.rows(page).spliterator(), false))
        .iterator();
  }

  @ParameterizedTest(name = "{0}: an old token of a 202 stays good")
  @EnumSource(Family.class)
  @Checks({"accepted.old-token", "accepted.token"})
  void oldToken(Family family, Target target) {
    Exchange answer = accepted(target, family, small(fresh(target, family, "old_token")));
    Call old = small(family.next(family.acceptedToken(answer)));
    Exchange page = Walk.finish(target, address(target), family, old);
    Exchange again = Walk.finish(target, address(target), family, old);
    Expect.sameRows("the old token", family.rows(again), family.rows(page));
  }
}
