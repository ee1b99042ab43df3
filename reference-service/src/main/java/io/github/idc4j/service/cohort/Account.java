package io.github.idc4j.service.cohort;

import java.time.Instant;

/**
 * An account.
 *
 * @param id its number, from 1
 * @param joined when it was made
 * @param lastLogin when the user last got an ID token
 */
public record Account(
    long id, String email, String firstName, String lastName, Instant joined, Instant lastLogin) {

  /** Returns first and last name. */
  public String name() {
    return firstName + " " + lastName;
  }
}
