package io.github.idc4j.service.cohort;

import java.time.Instant;

/**
 * The account of a user.
 *
 * @param id the number of the account; no other account has it
 * @param joined when the account was created
 * @param lastLogin when the user last signed in
 */
public record Account(
    long id, String email, String firstName, String lastName, Instant joined, Instant lastLogin) {

  /** Returns the first and the last name, with a space between them. */
  public String name() {
    return firstName + " " + lastName;
  }
}
