package io.github.idc4j.conformance.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the credentials file that IDC's login script writes. The Authorization section of the
 * contract describes the file.
 */
public final class CredentialsFile {

  private CredentialsFile() {}

  /**
   * Returns the ID token in a credentials file. Does not renew an expired ID token.
   *
   * @throws IllegalArgumentException if the file has no valid ID token; the message never contains
   *     the ID token
   */
  public static String idToken(Path file) {
    JsonNode credentials;
    try {
      credentials = JsonMapper.shared().readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw refusal(file, "can't be read: " + e.getMessage());
    } catch (JacksonException e) {
      throw refusal(file, "is not JSON");
    }
    String token = credentials.at("/token_response/id_token").asString("");
    if (token.isBlank()) {
      throw refusal(file, "has no ID token at token_response.id_token");
    }
    if (credentials.path("invalid").asBoolean(false)) {
      throw refusal(file, "is marked invalid");
    }
    String expiry = credentials.path("token_expiry").asString("");
    try {
      if (!expiry.isEmpty() && Instant.parse(expiry).isBefore(Instant.now())) {
        throw refusal(file, "has a token that expired at " + expiry);
      }
    } catch (DateTimeParseException e) {
      throw refusal(file, "has a token_expiry that is not a date such as 2026-01-31T12:00:00Z");
    }
    return token;
  }

  private static IllegalArgumentException refusal(Path file, String reason) {
    return new IllegalArgumentException(
        "The credentials file " + file + " " + reason + ". Log in again to create a new file.");
  }
}
