package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Caller;
import io.github.idc4j.service.cohort.Account;
import io.github.idc4j.service.cohort.Cohort;
import io.github.idc4j.service.cohort.Cohorts;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.Optional;

/** Finds the accounts of callers, and the cohorts that callers may use. */
final class Ownership {

  private final Cohorts cohorts;

  Ownership(Cohorts cohorts) {
    this.cohorts = cohorts;
  }

  /**
   * Refuses a token without an e-mail address. In the default mode, the issuer has already refused
   * such a token.
   *
   * @param status the status code of the response; the code in its body is 403
   */
  static void requireNamed(Caller caller, int status) {
    if (caller instanceof Caller.Unnamed) {
      throw ApiException.contradictory(
          status,
          403,
          "Couldn't obtain user email - the correct scopes may not have been provided during"
              + " authorization!");
    }
  }

  /** Refuses a token without an e-mail address with 500 and a message. */
  static void requireNamed(Caller caller, String fault) {
    if (caller instanceof Caller.Unnamed) {
      throw ApiException.of(500, fault);
    }
  }

  /** Returns the account of a caller; empty if the caller has no account. */
  Optional<Account> account(Caller caller) throws SQLException {
    Optional<String> email = caller.address();
    return email.isPresent() ? cohorts.account(email.get()) : Optional.empty();
  }

  /** Returns the cohort with an ID, even if it was deleted or has another owner. */
  Optional<Cohort> find(BigInteger id) throws SQLException {
    return id.bitLength() < Long.SIZE ? cohorts.find(id.longValue()) : Optional.empty();
  }

  /**
   * Returns a cohort of the caller. Refuses the request if no cohort ever had the ID, if the cohort
   * was deleted, or if the caller is not its owner.
   */
  Cohort own(Caller caller, BigInteger id) throws SQLException {
    Cohort cohort =
        find(id)
            .orElseThrow(
                () -> ApiException.badRequest("A cohort with the ID " + id + " was not found."));
    if (cohort.deleted() || !caller.address().filter(cohort.owner()::equals).isPresent()) {
      throw ApiException.of(
          403,
          caller.name()
              + " isn't the owner of cohort ID "
              + id
              + ", or the cohort has been deleted.");
    }
    return cohort;
  }
}
