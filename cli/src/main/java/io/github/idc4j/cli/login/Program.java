package io.github.idc4j.cli.login;

import java.util.Optional;

/**
 * The program that signs users in, as the issuer knows it.
 *
 * @param clientId its client ID
 * @param secret its client secret; empty if it has none
 */
public record Program(String clientId, Optional<String> secret) {

  /** Returns a description without the secret. */
  @Override
  public String toString() {
    return clientId;
  }
}
