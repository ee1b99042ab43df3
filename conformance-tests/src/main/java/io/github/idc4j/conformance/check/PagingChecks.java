package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
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

  /** A walk by a size that would take more requests is left out. */
  private static final long MAX_PAGES = 40;

  private static final int CHANGES = 4;
  private static final int MAX_CHANGED_SIZE = 5;

  private static Exchange first(Target target, Family family, long pageSize) {
    return Walk.finish(target, family, family.begin(target).with("page_size", pageSize));
  }

  private static Exchange next(Target target, Family family, String token, long pageSize) {
    return Walk.finish(target, family, family.next(token).with("page_size", pageSize));
  }

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
    long total = family.totalFound(first(target, family, 1));
    assumeTrue(total > 1, "the result has only " + total + " rows");
    boolean whole = total <= MAX_ROWS;
    long pageSize = whole ? Walk.pageSize(total) : PAGE_SIZE_OF_A_PART;
    Set<String> seen = new HashSet<>();
    List<Call> calls = new ArrayList<>();
    String before = "";
    int pages = 0;
    Walk walk = Walk.of(target, family, pageSize);
    while (walk.hasNext() && (whole || pages < Walk.PAGES)) {
      Exchange page = walk.next();
      calls.add(page.call());
      pages++;
      assertThat(pages)
          .as("paging.end: pages of a walk of %d rows by %d", total, pageSize)
          .isLessThanOrEqualTo(20 * Walk.PAGES);
      JsonNode rows = family.rows(page);
      assertThat(family.rowsReturned(page))
          .as("paging.rows-returned: rowsReturned of page %d", pages)
          .isEqualTo(rows.size());
      assertThat((long) rows.size())
          .as("paging.page-size: rows of page %d", pages)
          .isLessThanOrEqualTo(pageSize);
      assertThat(family.totalFound(page))
          .as("paging.total-found: totalFound of page %d", pages)
          .isEqualTo(total);
      for (JsonNode row : rows) {
        String key = family.key(row);
        assertThat(key.compareTo(before))
            .as("paging.order: %s comes after %s on page %d", key, before, pages)
            .isNotNegative();
        assertThat(seen.add(key))
            .as("paging.every-row-once: %s came once until page %d", key, pages)
            .isTrue();
        before = key;
      }
    }
    assumeTrue(
        whole,
        () ->
            "the rules hold on the first "
                + Walk.PAGES
                + " pages; "
                + total
                + " rows are too many for a whole walk");
    if (seen.size() < total) {
      tellLostRow(target, family, pageSize, seen, calls);
    }
    assertThat((long) seen.size())
        .as("paging.every-row-once: rows of all %d pages together, against totalFound", pages)
        .isEqualTo(total);
  }

  /** Looks a lost row up by a walk in other pages, and asks again for the page that lost it. */
  private static void tellLostRow(
      Target target, Family family, long pageSize, Set<String> seen, List<Call> calls) {
    long index = 0;
    Walk other = Walk.of(target, family, 2 * pageSize + 1);
    while (other.hasNext()) {
      for (JsonNode row : family.rows(other.next())) {
        if (!seen.contains(family.key(row))) {
          int page = Math.toIntExact(Math.min(index / pageSize, calls.size() - 1L));
          target.send(calls.get(page));
          throw new AssertionError(
              "[paging.every-row-once: rows of a walk by "
                  + pageSize
                  + "] the row "
                  + family.key(row)
                  + ", which a walk by "
                  + (2 * pageSize + 1)
                  + " has, is lost; it belongs to page "
                  + (page + 1));
        }
        index++;
      }
    }
  }

  @ParameterizedTest(name = "{0}: page_size may change within a walk")
  @EnumSource(Family.class)
  @Checks("paging.changing-size")
  void changingSize(Family family, Target target) {
    Random random = target.random("paging.changing-size");
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    Exchange page = first(target, family, 1);
    family.rows(page).forEach(rows::add);
    for (int i = 0; i < CHANGES && !family.token(page).isEmpty(); i++) {
      page = next(target, family, family.token(page), 1L + random.nextInt(MAX_CHANGED_SIZE));
      family.rows(page).forEach(rows::add);
    }
    assertThat(rows.size()).as("rows of several pages").isGreaterThan(1);
    JsonNode straight = family.rows(first(target, family, rows.size()));
    // Either side may hold fewer rows than asked.
    for (int i = 0; i < Math.min(rows.size(), straight.size()); i++) {
      assertThat(rows.get(i)).as("row %d", i + 1).isEqualTo(straight.get(i));
    }
  }

  /** A walk by the smallest sizes takes as many requests as there are rows. */
  @ParameterizedTest(name = "{0}: any page size gives the same rows")
  @EnumSource(
      value = Family.class,
      names = {"MANIFEST", "QUERY"})
  @Checks("paging.any-size")
  void anySize(Family family, Target target) {
    long total = family.totalFound(first(target, family, 1));
    List<String> expected = keys(family, Walk.of(target, family, total + 1));
    for (long size : LongStream.of(1, 2, 7, total - 1, total).distinct().toArray()) {
      if (size < 1 || total / size > MAX_PAGES) {
        continue;
      }
      assertThat(keys(family, Walk.of(target, family, size)))
          .as("rows of a walk by %d", size)
          .isEqualTo(expected);
    }
  }

  private static List<String> keys(Family family, Walk walk) {
    List<String> keys = new ArrayList<>();
    walk.forEachRemaining(page -> family.rows(page).forEach(row -> keys.add(family.key(row))));
    return keys;
  }

  @ParameterizedTest(name = "{0}: the same token gives the same page")
  @EnumSource(Family.class)
  @Checks("paging.replay")
  void replay(Family family, Target target) {
    String token = family.token(first(target, family, 2));
    Exchange once = next(target, family, token, 2);
    Exchange again = next(target, family, token, 2);
    Expect.sameRows("the second time", family.rows(again), family.rows(once));
  }

  @ParameterizedTest(name = "{0}: page_size is 1000 where it is not said, on nextPage too")
  @EnumSource(Family.class)
  @Checks("paging.default-size")
  void defaultSize(Family family, Target target) {
    Exchange page = Walk.finish(target, family, family.begin(target));
    assertThat(family.rows(page).size()).as("rows of a first page").isLessThanOrEqualTo(1000);
    Exchange small = first(target, family, 1);
    Exchange second = Walk.finish(target, family, family.next(family.token(small)));
    assertThat(family.rows(second).size())
        .as("rows of a second page, after one of 1")
        .isBetween(2, 1000);
  }

  @ParameterizedTest(name = "{0}: a page that holds everything has no token")
  @EnumSource(
      value = Family.class,
      names = {"MANIFEST", "QUERY"})
  @Checks("paging.only-page")
  void onlyPage(Family family, Target target) {
    long total = family.totalFound(first(target, family, 1));
    Exchange page = first(target, family, total + 1);
    assumeTrue(family.rows(page).size() == total, "the service does not make pages so large");
    assertThat(family.token(page)).as("token of a page that holds every row").isEmpty();
  }

  @ParameterizedTest(name = "{0}: nextPage refuses a page_size that is no integer")
  @EnumSource(Family.class)
  @Checks("paging.bad-size")
  void badSize(Family family, Target target) {
    String token = family.token(first(target, family, 2));
    Expect.error(target.send(family.next(token).with("page_size", "abc")), 400);
    Expect.error(target.send(family.next(token).with("page_size", "1.5")), 400);
  }

  @ParameterizedTest(name = "{0}: page_size has no maximum")
  @EnumSource(
      value = Family.class,
      names = {"MANIFEST", "QUERY"})
  @Checks("paging.no-maximum")
  void noMaximum(Family family, Target target) {
    Exchange page = first(target, family, Integer.MAX_VALUE);
    assertThat(family.rows(page)).as("rows of a page").isNotEmpty();
  }

  @ParameterizedTest(name = "{0}: nextPage ignores other query keys, and takes a final slash")
  @EnumSource(Family.class)
  @Checks("paging.other-keys")
  void otherKeys(Family family, Target target) {
    String token = family.token(first(target, family, 2));
    Call next = family.next(token).with("page_size", 2);
    Walk.finish(target, family, next.with("foo", 1));
    Walk.finish(target, family, next.withFinalSlash());
  }
}
