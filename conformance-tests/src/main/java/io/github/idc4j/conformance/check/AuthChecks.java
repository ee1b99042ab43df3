package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what. */
@Area("auth")
@Order(3)
@ExtendWith(TargetExtension.class)
final class AuthChecks {

  @Test
  @Checks("auth.account")
  @DisplayName("GET /users/account_details shows the caller's account")
  void account(Target target) {
    Expect.user(target);
    Exchange account =
        Expect.status(target.send(Call.get("/users/account_details").as(Bearer.FIRST)), 200);
    assertThat(account.json().at("/user_details/email").asString("")).contains("@");
  }

  @ParameterizedTest(name = "{0} of an account is an RFC 1123 date")
  @ValueSource(strings = {"date_joined", "last_login"})
  @Checks("auth.account-dates")
  void accountDates(String name, Target target) {
    Expect.user(target);
    Exchange account =
        Expect.status(target.send(Call.get("/users/account_details").as(Bearer.FIRST)), 200);
    String date = account.json().path("user_details").path(name).asString("");
    assertThatCode(() -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date))
        .as("reading %s as RFC 1123", date)
        .doesNotThrowAnyException();
  }

  @Test
  @Checks("auth.garbled-token")
  @DisplayName("A bearer token that is none is refused with 401")
  void garbledToken(Target target) {
    Exchange refused = target.send(Call.get("/cohorts").as(Bearer.GARBLED));
    Expect.error(refused, 401);
    assertThat(refused.body()).as("body of the refusal").doesNotContain("not.a.token");
  }

  @Test
  @Checks("auth.altered-token")
  @DisplayName("A bearer token that is cut short is refused with 401")
  void alteredToken(Target target) {
    Expect.user(target);
    Expect.error(target.send(Call.get("/cohorts").as(Bearer.CUT)), 401);
  }

  @Test
  @Checks("auth.expired-token")
  @DisplayName("A bearer token that has expired is refused with 401")
  void expiredToken(Target target) {
    Expect.token(target, Bearer.EXPIRED);
    Expect.error(target.send(Call.get("/cohorts").as(Bearer.EXPIRED)), 401);
  }

  @Test
  @Checks("auth.anonymous-cohorts")
  @DisplayName("GET /cohorts without a token is refused with 400")
  void anonymousCohorts(Target target) {
    Expect.error(target.send(Call.get("/cohorts")), 400);
  }

  @Test
  @Checks("auth.anonymous-saved-cohort")
  @DisplayName("A saved cohort is refused with 403 to a caller without a token")
  void anonymousSavedCohort(Target target) {
    Expect.user(target);
    try (SavedCohort cohort = SavedCohort.make(target)) {
      Expect.error(target.send(cohort.manifest().as(Bearer.NONE)), 403);
      Expect.error(target.send(cohort.query("PatientID").as(Bearer.NONE)), 403);
    }
  }
}
