package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Pages that checks ask for one by one. */
final class Pages {

  private Pages() {}

  static Exchange first(Target target, Family family, long pageSize) {
    return Walk.finish(target, family, family.begin(target).with("page_size", pageSize));
  }

  static Exchange next(Target target, Family family, String token, long pageSize) {
    return Walk.finish(target, family, family.next(token).with("page_size", pageSize));
  }

  /** Returns the token after a first page of one row; skips where there is only one. */
  static String token(Target target, Family family) {
    return token(target, family, Bearer.NONE);
  }

  static String token(Target target, Family family, Bearer bearer) {
    Exchange page =
        Walk.finish(target, family, family.begin(target).with("page_size", 1).as(bearer));
    String token = family.token(page);
    long total = family.totalFound(page);
    assumeTrue(
        !token.isEmpty() || total > family.rows(page).size(),
        () -> "there is no second page, as the result has no more rows than " + total);
    assertThat(token).as("token of a page of one of %d rows", total).isNotEmpty();
    return token;
  }

  /** Returns a first page that holds every row of a small result; skips where none does. */
  static Exchange whole(Target target, Family family) {
    Exchange page = Walk.finish(target, family, family.beginSome(target));
    assumeTrue(
        family.rows(page).size() == family.totalFound(page),
        "the service gives fewer rows a page than the few that there are");
    return page;
  }

  /** Returns the first rows of a walk, at most so many. */
  static List<JsonNode> rows(Family family, Walk walk, long most) {
    List<JsonNode> rows = new ArrayList<>();
    while (walk.hasNext() && rows.size() < most) {
      family.rows(walk.next()).forEach(rows::add);
    }
    return rows.subList(0, Math.toIntExact(Math.min(most, rows.size())));
  }
}
