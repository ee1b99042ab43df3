package io.github.idc4j.service.http;

import io.github.idc4j.service.cohort.Account;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Serves the account details of the caller. */
final class AccountResource {

  /** The date format of RFC 1123, with two digits for the day. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final Ownership ownership;
  private final Rules rules;

  AccountResource(Ownership ownership, Rules rules) {
    this.ownership = ownership;
    this.rules = rules;
  }

  List<Route> routes() {
    return List.of(
        Route.of("/v1/users/account_details", true, Map.of("GET", Handler.of(this::details))));
  }

  private Reply details(Request request) throws SQLException {
    Ownership.requireNamed(request.caller(), 403);
    Account account =
        ownership
            .account(request.caller())
            .orElseThrow(() -> rules.noAccount(request.caller().name()));
    return Reply.ok(Map.of("user_details", details(account)));
  }

  private static Map<String, Object> details(Account account) {
    return Map.of(
        "id", account.id(),
        "email", account.email(),
        "first_name", account.firstName(),
        "last_name", account.lastName(),
        "date_joined", date(account.joined()),
        "last_login", date(account.lastLogin()),
        "extra_data",
            Map.of(
                "id", Long.toString(account.id()),
                "email", account.email(),
                "locale", "en",
                "picture", "https://example.org/" + account.id() + ".png",
                "given_name", account.firstName(),
                "family_name", account.lastName(),
                "name", account.name(),
                "verified_email", true));
  }

  private static String date(Instant instant) {
    return DATE.format(instant);
  }
}
