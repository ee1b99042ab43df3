package io.github.idc4j.conformance.check;

import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose a page token is, and what is none. */
@Area("tokens")
@Order(8)
@ExtendWith(TargetExtension.class)
final class TokenChecks {

  private static String token(Target target, Family family, Bearer bearer) {
    return family.token(
        Walk.finish(target, family, family.begin(target).with("page_size", 1).as(bearer)));
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("tokens.invalid")
  void invalid(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}: an altered or shortened token is refused with 400")
  @EnumSource(Family.class)
  @Checks("tokens.altered")
  void altered(Family family, Target target) {
    String token = token(target, family, Bearer.NONE);
    int middle = token.length() / 2;
    char other = token.charAt(middle) == 'A' ? 'B' : 'A';
    Expect.error(
        target.send(family.next(token.substring(0, middle) + other + token.substring(middle + 1))),
        400);
    Expect.error(target.send(family.next(token.substring(0, middle))), 400);
  }

  @ParameterizedTest(name = "{0}: a user''s token is refused to another user and to nobody")
  @EnumSource(
      value = Family.class,
      names = {"MANIFEST", "QUERY"})
  @Checks("tokens.owner")
  void owner(Family family, Target target) {
    Expect.twoUsers(target);
    String token = token(target, family, Bearer.FIRST);
    Expect.error(target.send(family.next(token).as(Bearer.SECOND)), 400);
    Expect.error(target.send(family.next(token)), 400);
    Walk.finish(target, family, family.next(token).as(Bearer.FIRST));
  }

  @ParameterizedTest(name = "A token of {0} is refused by {1}")
  @CsvSource({
    "DICOM_METADATA, MANIFEST",
    "DICOM_METADATA, QUERY",
    "MANIFEST, DICOM_METADATA",
    "QUERY, DICOM_METADATA"
  })
  @Checks("tokens.family")
  void family(Family from, Family to, Target target) {
    String token = token(target, from, Bearer.NONE);
    Expect.error(target.send(to.next(token)), 400);
  }

  @Test
  @Checks("tokens.nobody")
  @DisplayName("A dicomMetadata token is good for anybody")
  void nobody(Target target) {
    Expect.user(target);
    Family family = Family.DICOM_METADATA;
    Call next = family.next(token(target, family, Bearer.NONE)).with("page_size", 2);
    Expect.sameRows(
        "the user's page",
        family.rows(Walk.finish(target, family, next.as(Bearer.FIRST))),
        family.rows(Walk.finish(target, family, next)));
  }
}
