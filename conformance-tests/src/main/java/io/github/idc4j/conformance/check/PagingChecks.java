package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.conformance.Cohort;
import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The laws of paging, for each family. */
@Area("paging")
@Order(7)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(TargetExtension.class)
final class PagingChecks {

  /** A larger result is not walked to its end, but some pages of it. */
  private static final long MAX_ROWS = 250_000;

  private static final long PAGE_SIZE_OF_A_PART = 1000;

  /** A service may make its pages as small as it likes; a walk that takes more is left off. */
  private static final long MAX_PAGES = 250;

  /** The page size where none is said. */
  private static final int DEFAULT_SIZE = 1000;

  private static final int LARGEST_OF_THE_SMALL_SIZES = 7;

  /** A walk by a small size that would take more requests is walked in part. */
  private static final long MAX_SMALL_PAGES = 20;

  private static final long SMALL_PAGES = 4;

  private static final int CHANGES = 4;
  private static final int MAX_CHANGED_SIZE = 5;

  /** The law that matters most; what else is broken in a walk follows from it. */
  @Order(1)
  @ParameterizedTest(name = "{0}: a walk gives every row once, in order")
  @EnumSource(Family.class)
  @Checks({
    "paging.every-row-once",
    "paging.rows-returned",
    "paging.page-size",
    "paging.total-found",
    "paging.order",
    "paging.end"
  })
  void walk(Family family, Target target) {
    long total = family.totalFound(Pages.first(target, family, 1));
    assumeTrue(total > 1, "the result has only " + total + " rows");
    boolean small = total <= MAX_ROWS;
    long pageSize = small ? Walk.pageSize(total) : PAGE_SIZE_OF_A_PART;
    List<Page> pages = new ArrayList<>();
    RowOrder order = new RowOrder(family.order());
    Walk walk = Walk.of(target, family, pageSize);
    while (walk.hasNext() && pages.size() < (small ? MAX_PAGES : Walk.PAGES)) {
      Exchange page = walk.next();
      JsonNode rows = family.rows(page);
      pages.add(new Page(page.call(), rows.size()));
      assertThat(family.rowsReturned(page))
          .as("paging.rows-returned: rowsReturned of page %d", pages.size())
          .isEqualTo(rows.size());
      assertThat((long) rows.size())
          .as("paging.page-size: rows of page %d", pages.size())
          .isLessThanOrEqualTo(pageSize);
      assertThat(family.totalFound(page))
          .as("paging.total-found: totalFound of page %d", pages.size())
          .isEqualTo(total);
      for (JsonNode row : rows) {
        assertThat(order.compare(row))
            .as("paging.order: %s on page %d", order, pages.size())
            .isNotNegative();
      }
    }
    assumeTrue(
        !walk.hasNext(),
        () ->
            "the rules hold on the first %d pages; %d rows are too many for a whole walk"
                .formatted(pages.size(), total));
    if (walk.rows() < total) {
      tellLostRow(target, family, pageSize, walk, pages);
    }
    assertThat(walk.rows())
        .as(
            "paging.every-row-once: rows of all %d pages together, against totalFound",
            pages.size())
        .isEqualTo(total);
  }

  /** A page of a walk, without its rows, which may be many. */
  private record Page(Call call, int rows) {}

  /** Looks a lost row up by a walk in other pages, and asks again for the page that lost it. */
  private static void tellLostRow(
      Target target, Family family, long pageSize, Walk walk, List<Page> pages) {
    long otherSize = 2 * pageSize + 1;
    int page = 1;
    Walk other = Walk.of(target, family, otherSize);
    while (other.hasNext()) {
      for (JsonNode row : family.rows(other.next())) {
        Optional<Integer> there = walk.pageOf(row);
        if (there.isPresent()) {
          page = there.get();
          continue;
        }
        if (pages.get(page - 1).rows() == pageSize && page < pages.size()) {
          page++;
        }
        target.send(pages.get(page - 1).call());
        throw new AssertionError(
            ("[paging.every-row-once: rows of a walk by %d] the row %s, which a walk by %d has, is"
                    + " lost; it belongs to page %d")
                .formatted(pageSize, family.identity(row), otherSize, page));
      }
    }
  }

  @Order(2)
  @ParameterizedTest(name = "{0}: page_size may change within a walk")
  @EnumSource(Family.class)
  @Checks("paging.changing-size")
  void changingSize(Family family, Target target) {
    Random random = target.random("paging.changing-size");
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    Exchange page = Pages.first(target, family, 1);
    assumeTrue(family.totalFound(page) > 1, "the result has no second row");
    family.rows(page).forEach(rows::add);
    for (int i = 0; i < CHANGES && !family.token(page).isEmpty(); i++) {
      page = Pages.next(target, family, family.token(page), 1L + random.nextInt(MAX_CHANGED_SIZE));
      family.rows(page).forEach(rows::add);
    }
    assertThat(rows.size()).as("rows of several pages").isGreaterThan(1);
    JsonNode straight = family.rows(Pages.first(target, family, rows.size()));
    // Either side may hold fewer rows than asked.
    for (int i = 0; i < Math.min(rows.size(), straight.size()); i++) {
      assertThat(rows.get(i)).as("row %d", i + 1).isEqualTo(straight.get(i));
    }
  }

  /** A few rows are walked by every size; of many the first pages, by the small sizes only. */
  @ParameterizedTest(name = "{0}: any page size gives the same rows")
  @EnumSource(Family.class)
  @Checks("paging.any-size")
  void anySize(Family family, Target target) {
    Call begin = family.beginSome(target);
    Exchange page = Walk.finish(target, family, begin);
    long total = family.totalFound(page);
    assumeTrue(total > 1, "the result has only " + total + " rows");
    boolean few = total <= DEFAULT_SIZE;
    List<JsonNode> expected =
        few
            ? Pages.rows(family, Walk.of(target, family, begin), total)
            : family.rows(page).valueStream().toList();
    for (long size : LongStream.of(1, 2, 7, total - 1, total, total + 1).distinct().toArray()) {
      if (size > LARGEST_OF_THE_SMALL_SIZES && !few) {
        continue;
      }
      long most = total / size <= MAX_SMALL_PAGES ? total + 1 : SMALL_PAGES * size;
      if (!few) {
        most = Math.min(most, expected.size());
      }
      assertThat(Pages.rows(family, Walk.of(target, family, begin.with("page_size", size)), most))
          .as("rows of a walk by %d", size)
          .isEqualTo(expected.subList(0, Math.toIntExact(Math.min(most, expected.size()))));
    }
    target.saw(
        few
            ? "all %d rows by each size".formatted(total)
            : ("the first %d pages by 1, 2 and 7; the sizes around all %d rows are left out, as so"
                    + " many are no good page")
                .formatted(SMALL_PAGES, total));
  }

  @ParameterizedTest(name = "{0}: the same token gives the same page")
  @EnumSource(Family.class)
  @Checks("paging.replay")
  void replay(Family family, Target target) {
    String token = Pages.token(target, family);
    Exchange once = Pages.next(target, family, token, 2);
    Exchange again = Pages.next(target, family, token, 2);
    Expect.sameRows("the second time", family.rows(again), family.rows(once));
  }

  /** A page may hold fewer rows than asked for, so that only the same service tells how many. */
  @ParameterizedTest(name = "{0}: page_size is 1000 where it is not said, on nextPage too")
  @EnumSource(Family.class)
  @Checks("paging.default-size")
  void defaultSize(Family family, Target target) {
    Call begin = instances(family, target);
    Exchange first = Walk.finish(target, family, begin);
    sameSize("a first page", family, first, Walk.finish(target, family, sized(begin)));
    Exchange small = Walk.finish(target, family, begin.with("page_size", 1));
    String token = family.token(small);
    long total = family.totalFound(small);
    assumeTrue(!token.isEmpty() || total > 1, "there is no second page of one row");
    Call next = family.next(token);
    sameSize(
        "a second page, after one of 1",
        family,
        Walk.finish(target, family, next),
        Walk.finish(target, family, sized(next)));
    if (total <= DEFAULT_SIZE) {
      target.saw("a default of more than the " + total + " rows that there are would not be told");
    }
  }

  private static Call sized(Call call) {
    return call.with("page_size", DEFAULT_SIZE);
  }

  private static void sameSize(String what, Family family, Exchange unsized, Exchange sized) {
    assertThat(family.rows(unsized).size())
        .as("rows of %s without page_size, against one with page_size=%d", what, DEFAULT_SIZE)
        .isEqualTo(family.rows(sized).size());
  }

  /** Returns a first call whose result has more rows than others. */
  private static Call instances(Family family, Target target) {
    return switch (family) {
      case MANIFEST ->
          Call.post("/cohorts/manifest/preview")
              .with("SOPInstanceUID", "True")
              .json(Cohort.ofCollection(target.facts().collection()));
      case QUERY ->
          Call.post("/cohorts/query/preview")
              .json(
                  Cohort.query(
                      Map.of("collection_id", Previews.collection(target)), "SOPInstanceUID"));
      case DICOM_METADATA -> family.begin(target);
    };
  }

  @ParameterizedTest(name = "{0}: a page that holds everything has no token")
  @EnumSource(
      value = Family.class,
      names = {"MANIFEST", "QUERY"})
  @Checks("paging.only-page")
  void onlyPage(Family family, Target target) {
    Exchange page = Pages.whole(target, family);
    assertThat(family.token(page)).as("token of a page that holds every row").isEmpty();
  }

  @ParameterizedTest(name = "{0}: nextPage refuses a page_size that is no integer")
  @EnumSource(Family.class)
  @Checks("paging.bad-size")
  void badSize(Family family, Target target) {
    String token = Pages.token(target, family);
    Expect.error(target.send(family.next(token).with("page_size", "abc")), 400);
    Expect.error(target.send(family.next(token).with("page_size", "1.5")), 400);
  }

  @ParameterizedTest(name = "{0}: page_size has no maximum")
  @EnumSource(
      value = Family.class,
      names = {"MANIFEST", "QUERY"})
  @Checks("paging.no-maximum")
  void noMaximum(Family family, Target target) {
    Exchange page = Pages.first(target, family, Integer.MAX_VALUE);
    assertThat(family.rows(page)).as("rows of a page").isNotEmpty();
  }

  @ParameterizedTest(name = "{0}: nextPage ignores other query keys, and takes a final slash")
  @EnumSource(Family.class)
  @Checks("paging.other-keys")
  void otherKeys(Family family, Target target) {
    Call next = family.next(Pages.token(target, family)).with("page_size", 2);
    Walk.finish(target, family, next.with("foo", 1));
    Walk.finish(target, family, next.withFinalSlash());
  }
}
