package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
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

  private static URI address(Target target) {
    assumeTrue(
        target.acceptedBaseUrl().isPresent(),
        "no address at which the service answers 202 was given (--accepted-base-url)");
    return target.acceptedBaseUrl().orElseThrow();
  }

  private static Exchange accepted(Target target, URI address, Family family) {
    Call first = family.begin(target).with("page_size", PAGE_SIZE);
    return Expect.status(target.api().send(address, first), 202);
  }

  private static Exchange next(Target target, URI address, Family family, String token) {
    return target.api().send(address, family.next(token).with("page_size", PAGE_SIZE));
  }

  @ParameterizedTest(name = "{0}: a 202 has a token, where that family has it")
  @EnumSource(Family.class)
  @Checks("accepted.token")
  void token(Family family, Target target) {
    URI address = address(target);
    Call first = family.begin(target).with("page_size", PAGE_SIZE);
    Exchange accepted = Expect.status(target.api().sendUnjudged(address, first), 202);
    assertThat(family.acceptedToken(accepted))
        .as("the token of the 202: %s", accepted.body())
        .isNotEmpty();
    accepted(target, address, family);
  }

  @ParameterizedTest(name = "{0}: nextPage with the token of a 202 ends in the first page")
  @EnumSource(Family.class)
  @Checks({"accepted.first-page", "accepted.rows"})
  void firstPage(Family family, Target target) {
    URI address = address(target);
    Exchange page =
        Walk.finish(target, address, family, family.begin(target).with("page_size", PAGE_SIZE));
    Exchange straight =
        Walk.finish(
            target, target.baseUrl(), family, family.begin(target).with("page_size", PAGE_SIZE));
    assertThat(family.rows(page))
        .as("the rows of the page after 202, against those of a first page without")
        .isEqualTo(family.rows(straight));
    assertThat(page.json().path("cohort").isEmpty())
        .as("the cohort is not repeated after a 202")
        .isTrue();
  }

  @ParameterizedTest(name = "{0}: a walk with 202 gives the rows of one without")
  @EnumSource(
      value = Family.class,
      names = {"MANIFEST", "QUERY"})
  @Checks("accepted.walk")
  void walk(Family family, Target target) {
    URI address = address(target);
    long pageSize = 5;
    assertThat(rows(family, Walk.of(target, address, family, pageSize)))
        .as("rows of a walk with 202")
        .isEqualTo(rows(family, Walk.of(target, family, pageSize)));
  }

  private static List<String> rows(Family family, Walk walk) {
    List<String> rows = new ArrayList<>();
    while (walk.hasNext()) {
      for (JsonNode row : family.rows(walk.next())) {
        rows.add(row.toString());
      }
    }
    return rows;
  }

  @ParameterizedTest(name = "{0}: an old token of a 202 stays good")
  @EnumSource(Family.class)
  @Checks("accepted.old-token")
  void oldToken(Family family, Target target) {
    URI address = address(target);
    String old = family.acceptedToken(accepted(target, address, family));
    assertThat(old).as("the token of the 202").isNotEmpty();
    Exchange page =
        Walk.finish(target, address, family, family.next(old).with("page_size", PAGE_SIZE));
    Exchange again = Expect.status(next(target, address, family, old), 200);
    assertThat(family.rows(again)).as("the rows of the old token").isEqualTo(family.rows(page));
  }
}
