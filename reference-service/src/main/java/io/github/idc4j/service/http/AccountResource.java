package io.github.idc4j.service.http;

import io.github.idc4j.service.cohort.Account;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Serves the account details of the caller. */
final class AccountResource {

  /** The date format of RFC 1123, with two digits for the day. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final Service service;

  AccountResource(Service service) {
    this.service = service;
  }

  List<Route> routes() {
    return List.of(
        Route.of("/v1/users/account_details", true, Map.of("GET", Handler.of(this::details))));
  }

  private Map<String, Object> details(Request request) throws SQLException {
    Optional<String> email = request.caller().address();
    Optional<Account> account =
        email.isPresent() ? service.cohorts().account(email.get()) : Optional.empty();
    if (account.isEmpty()) {
      throw service.quirks()
          ? ApiException.of(
              500, "Encountered an error while attempting to retrieve user information.")
          : ApiException.of(
              401, "There is no account of " + request.caller().name() + "; sign in first.");
    }
    return Map.of("code", 200, "user_details", details(account.get()));
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
                "email", account.email(),
                "given_name", account.firstName(),
                "family_name", account.lastName(),
                "name", account.name(),
                "verified_email", true));
  }

  private static String date(Instant instant) {
    return DATE.format(instant);
  }
}
