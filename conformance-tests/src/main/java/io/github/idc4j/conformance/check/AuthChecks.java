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
import org.junit.jupiter.params.provider.ArgumentsSource;
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

  @ParameterizedTest(name = "{0}: a bearer token that is none")
  @ArgumentsSource(Negatives.class)
  @Checks({"auth.garbled-token", "errors.no-change"})
  void garbledToken(Negative negative, Target target) {
    Exchange refused = negative.as(Bearer.GARBLED).isRefused(target);
    assertThat(refused.body()).as("body of the refusal").doesNotContain(Bearer.GARBLED.shown());
  }

  @ParameterizedTest(name = "{0}: a bearer token that is cut short")
  @ArgumentsSource(Negatives.class)
  @Checks({"auth.altered-token", "errors.no-change"})
  void alteredToken(Negative negative, Target target) {
    negative.as(Bearer.CUT).isRefused(target);
  }

  @ParameterizedTest(name = "{0}: a bearer token that has expired")
  @ArgumentsSource(Negatives.class)
  @Checks({"auth.expired-token", "errors.no-change"})
  void expiredToken(Negative negative, Target target) {
    negative.as(Bearer.EXPIRED).isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("auth.anonymous-cohorts")
  void anonymousCohorts(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks({"auth.anonymous-deletion", "errors.no-change"})
  void anonymousDeletion(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("auth.anonymous-saved-cohort")
  void anonymousSavedCohort(Negative negative, Target target) {
    negative.isRefused(target);
  }
}
