package io.github.idc4j.service.auth;

import java.util.Optional;

/** Who sent a request. */
public sealed interface Caller {

  /** A caller without a token. */
  record Anonymous() implements Caller {}

  /** A token without an e-mail address, which only a service with quirks accepts. */
  record Unnamed() implements Caller {}

  /** A user, with or without an account. */
  record User(String email) implements Caller {}

  /** Returns the e-mail address, if there is one. */
  default Optional<String> address() {
    return this instanceof User user ? Optional.of(user.email()) : Optional.empty();
  }

  /** Returns what messages and page tokens call the caller. */
  default String name() {
    return address().orElse("Anonymous");
  }
}
