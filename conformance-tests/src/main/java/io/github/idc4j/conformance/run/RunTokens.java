package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.http.Caller;
import java.util.EnumMap;
import java.util.Map;

/** The ID tokens of a run. */
final class RunTokens {

  private final Map<Caller, String> tokens = new EnumMap<>(Caller.class);

  /** Sets the token of a caller; null removes it. */
  void set(Caller caller, String token) {
    if (token == null) {
      tokens.remove(caller);
    } else {
      tokens.put(caller, token);
    }
  }

  /** Sets the tokens of all callers from environment variables; an unset variable removes one. */
  void setAll(Map<String, String> environment) {
    for (Caller caller : Caller.GIVEN) {
      set(caller, environment.get(caller.variable()));
    }
  }

  /** Returns a copy of the tokens. */
  Map<Caller, String> asMap() {
    return Map.copyOf(tokens);
  }
}
