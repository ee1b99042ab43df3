package io.github.idc4j.client.auth;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import okio.Buffer;

/** What can be read from an ID token without verifying it, which is the service's part. */
final class IdTokens {

  private static final int PARTS = 3;

  private IdTokens() {}

  /** Returns when it ends; empty if it does not say it, or is no JWT. */
  static Optional<Instant> end(String idToken) {
    String[] parts = idToken.split("\\.", -1);
    if (parts.length != PARTS) {
      return Optional.empty();
    }
    try (Buffer claims = new Buffer().write(Base64.getUrlDecoder().decode(parts[1]));
        JsonReader reader = JsonReader.of(claims)) {
      return reader.readJsonValue() instanceof Map<?, ?> object
              && object.get("exp") instanceof Number seconds
          ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
          : Optional.empty();
    } catch (IOException | JsonDataException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
