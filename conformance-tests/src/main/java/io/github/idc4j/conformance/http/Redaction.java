package io.github.idc4j.conformance.http;

import java.util.Map;

/** Replaces ID tokens in text that a person may read. */
final class Redaction {

  private final Map<Bearer, String> tokens;

  Redaction(Map<Bearer, String> tokens) {
    this.tokens = Map.copyOf(tokens);
  }

  String of(String text) {
    String clean = text;
    for (Map.Entry<Bearer, String> token : tokens.entrySet()) {
      clean = clean.replace(token.getValue(), token.getKey().shown());
    }
    return clean;
  }
}
