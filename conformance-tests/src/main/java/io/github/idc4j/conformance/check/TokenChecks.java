package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
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
import tools.jackson.databind.JsonNode;

/** Whose a page token is, and what is none. */
@Area("tokens")
@Order(8)
@ExtendWith(TargetExtension.class)
final class TokenChecks {

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
    String token = Pages.token(target, family);
    int middle = token.length() / 2;
    char other = token.charAt(middle) == 'A' ? 'B' : 'A';
    Expect.error(
        target.send(family.next(token.substring(0, middle) + other + token.substring(middle + 1))),
        400);
    Expect.error(target.send(family.next(token.substring(0, middle))), 400);
  }

  @ParameterizedTest(name = "{0}: a user''s token is refused to another user")
  @EnumSource(
      value = Family.class,
      names = {"MANIFEST", "QUERY"})
  @Checks("tokens.owner")
  void owner(Family family, Target target) {
    Expect.twoUsers(target);
    String token = Pages.token(target, family, Bearer.FIRST);
    Expect.error(target.send(family.next(token).as(Bearer.SECOND)), 400);
    Walk.finish(target, family, family.next(token).as(Bearer.FIRST));
  }

  @ParameterizedTest(name = "{0}: a token of nobody is refused to a user, and a user''s to nobody")
  @EnumSource(
      value = Family.class,
      names = {"MANIFEST", "QUERY"})
  @Checks("tokens.owner")
  void nobodysAndSomebodys(Family family, Target target) {
    Expect.user(target);
    Call nobodys = family.next(Pages.token(target, family));
    Expect.error(target.send(nobodys.as(Bearer.FIRST)), 400);
    Walk.finish(target, family, nobodys);
    Expect.error(target.send(family.next(Pages.token(target, family, Bearer.FIRST))), 400);
  }

  @Test
  @Checks("tokens.saved")
  @DisplayName("A saved cohort's manifest and query are walked in three pages")
  void saved(Target target) {
    Expect.user(target);
    Map<String, ?> filters = target.facts().someSeries();
    try (SavedCohort cohort = SavedCohort.make(target, filters)) {
      walked(
          target,
          Family.MANIFEST,
          cohort.manifest().with("Patient_ID", "True"),
          Family.MANIFEST.begin(filters));
      walked(
          target,
          Family.QUERY,
          cohort.query("PatientID", "SeriesInstanceUID"),
          Family.QUERY.begin(filters));
    }
  }

  private static void walked(Target target, Family family, Call saved, Call preview) {
    List<JsonNode> expected =
        Pages.rows(family, Walk.of(target, family, preview), Integer.MAX_VALUE);
    int third = (expected.size() + 2) / 3;
    assertThat(
            Pages.rows(
                family, Walk.of(target, family, saved.with("page_size", third)), Integer.MAX_VALUE))
        .as(
            "rows of a saved cohort's %s in pages of %d, against those of the preview",
            family, third)
        .isEqualTo(expected);
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
    String token = Pages.token(target, from);
    Expect.error(target.send(to.next(token)), 400);
  }

  @Test
  @Checks("tokens.nobody")
  @DisplayName("A dicomMetadata token is good for anybody")
  void nobody(Target target) {
    Expect.user(target);
    Family family = Family.DICOM_METADATA;
    Call next = family.next(Pages.token(target, family)).with("page_size", 2);
    Expect.sameRows(
        "the user's page",
        family.rows(Walk.finish(target, family, next.as(Bearer.FIRST))),
        family.rows(Walk.finish(target, family, next)));
  }
}
