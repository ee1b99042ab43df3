package io.github.idc4j.service.auth;

import java.util.Optional;

/** The sender of a request. */
public sealed interface Caller {

  /** A caller who sent no ID token. */
  record Anonymous() implements Caller {}

  /**
   * A caller whose ID token has no e-mail address. Only a service with quirks accepts such a token.
   */
  record Unnamed() implements Caller {}

  /** A caller with an e-mail address. The user may or may not have an account. */
  record User(String email) implements Caller {}

  /** Returns the e-mail address; empty if the caller is anonymous or unnamed. */
  default Optional<String> address() {
    return this instanceof User user ? Optional.of(user.email()) : Optional.empty();
  }

  /**
   * Returns the name of the caller in error messages and page tokens: the e-mail address, or {@code
   * Anonymous}.
   */
  default String name() {
    return address().orElse("Anonymous");
  }
}
