package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Exchange;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Checks of authentication and authorization. */
final class AuthChecks {

  static List<Check> all() {
    return new CheckList("auth")
        .check(
            "account",
            "GET /users/account_details returns the caller's account",
            AuthChecks::account,
            "auth.account")
        .forEach(
            "account-dates",
            List.of("date_joined", "last_login"),
            "{0} of an account is an RFC 1123 date",
            AuthChecks::accountDates,
            "auth.account-dates")
        .forEach(
            "garbled-token",
            RefusedRequests.of("auth.garbled-token"),
            "{0}: a garbled bearer token",
            AuthChecks::garbledToken,
            "auth.garbled-token",
            "errors.no-change")
        .forEach(
            "altered-token",
            RefusedRequests.of("auth.altered-token"),
            "{0}: a truncated bearer token",
            AuthChecks::alteredToken,
            "auth.altered-token",
            "errors.no-change")
        .forEach(
            "expired-token",
            RefusedRequests.of("auth.expired-token"),
            "{0}: an expired bearer token",
            AuthChecks::expiredToken,
            "auth.expired-token",
            "errors.no-change")
        .forEach(
            "anonymous-cohorts",
            RefusedRequests.of("auth.anonymous-cohorts"),
            "{0}",
            RefusedRequest::isRefused,
            "auth.anonymous-cohorts")
        .forEach(
            "anonymous-deletion",
            RefusedRequests.of("auth.anonymous-deletion"),
            "{0}",
            RefusedRequest::isRefused,
            "auth.anonymous-deletion",
            "errors.no-change")
        .forEach(
            "anonymous-saved-cohort",
            RefusedRequests.of("auth.anonymous-saved-cohort"),
            "{0}",
            RefusedRequest::isRefused,
            "auth.anonymous-saved-cohort")
        .checks();
  }

  private AuthChecks() {}

  private static void account(CheckContext context) {
    Expect.user(context);
    Exchange account =
        Expect.status(context.send(ApiRequest.get("/users/account_details").as(Caller.FIRST)), 200);
    assertThat(account.json().at("/user_details/email").asString("")).as("email").contains("@");
  }

  private static void accountDates(String name, CheckContext context) {
    Expect.user(context);
    Exchange account =
        Expect.status(context.send(ApiRequest.get("/users/account_details").as(Caller.FIRST)), 200);
    String date = account.json().path("user_details").path(name).asString("");
    assertThatCode(() -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date))
        .as("parsing %s as an RFC 1123 date", date)
        .doesNotThrowAnyException();
  }

  private static void garbledToken(RefusedRequest request, CheckContext context) {
    Exchange refused = request.as(Caller.GARBLED).isRefused(context);
    assertThat(refused.body())
        .as("body of the 401 response")
        .doesNotContain(Caller.GARBLED.shown());
  }

  private static void alteredToken(RefusedRequest request, CheckContext context) {
    request.as(Caller.CUT).isRefused(context);
  }

  private static void expiredToken(RefusedRequest request, CheckContext context) {
    request.as(Caller.EXPIRED).isRefused(context);
  }
}
