package io.github.idc4j.service.auth;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Values that a caller can take once, with a secret code. Safe for use by several threads.
 *
 * @param <T> the type of the values
 */
public final class OneTimeCodes<T> {

  /** The maximum number of codes. If there are more, the oldest ones become invalid. */
  private static final int MAX = 1000;

  private static final int BYTES = 32;

  private record Entry<T>(T value, Instant expiry) {}

  private final Map<String, Entry<T>> entries = new LinkedHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final Duration lifetime;
  private final Clock clock;

  /** Creates an instance without codes. */
  public OneTimeCodes(Duration lifetime, Clock clock) {
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** Adds a value and returns its code, which contains only letters, digits, - and _. */
  public synchronized String add(T value) {
    if (entries.size() == MAX) {
      entries.remove(entries.keySet().iterator().next());
    }
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    entries.put(code, new Entry<>(value, clock.instant().plus(lifetime)));
    return code;
  }

  /**
   * Removes and returns a value.
   *
   * @param code the code; null if the caller has none
   * @return empty if the code is unknown, was used, or has expired
   */
  public synchronized Optional<T> take(String code) {
    return Optional.ofNullable(entries.remove(code))
        .filter(entry -> clock.instant().isBefore(entry.expiry()))
        .map(Entry::value);
  }
}
