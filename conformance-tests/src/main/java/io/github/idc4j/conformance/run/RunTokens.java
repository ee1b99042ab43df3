package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.http.Caller;
import java.util.EnumMap;
import java.util.Map;

/** The ID tokens of a run. */
final class RunTokens {

  private final Map<Caller, String> tokens = new EnumMap<>(Caller.class);

  /**
   * Sets the ID token of a caller.
   *
   * @param token ID token; null to remove the ID token of the caller
   */
  void set(Caller caller, String token) {
    if (token == null) {
      tokens.remove(caller);
    } else {
      tokens.put(caller, token);
    }
  }

  /**
   * Sets the ID tokens of all callers from environment variables. Removes the ID token of a caller
   * whose variable is not set.
   */
  void setAll(Map<String, String> environment) {
    for (Caller caller : Caller.GIVEN) {
      set(caller, environment.get(caller.variable()));
    }
  }

  /** Returns a copy of the ID tokens. */
  Map<Caller, String> asMap() {
    return Map.copyOf(tokens);
  }
}
