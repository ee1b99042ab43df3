package io.github.idc4j.client.auth;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** Reads an ID token without verifying it. Verifying it is the task of the service. */
final class IdTokens {

  private static final int PARTS = 3;

  /** The latest expiry that is accepted. A token with a later {@code exp} is invalid. */
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private IdTokens() {}

  /**
   * Returns the time at which an ID token expires; null if the token has no expiry or is not a JWT.
   */
  static @Nullable Instant expiry(String idToken) {
    String[] parts = idToken.split("\\.", -1);
    if (parts.length != PARTS) {
      return null;
    }
    try (Buffer claims = new Buffer().write(Base64.getUrlDecoder().decode(parts[1]));
        JsonReader reader = JsonReader.of(claims)) {
      return reader.readJsonValue() instanceof Map<?, ?> object
              && object.get("exp") instanceof Number seconds
          ? instant(seconds.doubleValue())
          : null;
    } catch (IOException | JsonDataException | IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Instant instant(double seconds) {
    return seconds >= 0 && seconds <= LATEST.getEpochSecond()
        ? Instant.ofEpochSecond((long) seconds)
        : null;
  }
}
