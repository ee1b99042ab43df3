package io.github.idc4j.conformance.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Replaces ID tokens in text that a person may read, as they are and as URLs and JSON write them.
 */
final class Redaction {

  private final List<Secret> secrets = new ArrayList<>();

  Redaction(Map<Bearer, String> tokens) {
    tokens.forEach(
        (bearer, token) -> {
          secrets.add(new Secret(token, bearer.shown()));
          secrets.add(new Secret(URLEncoder.encode(token, StandardCharsets.UTF_8), bearer.shown()));
          secrets.add(new Secret(token.replace("/", "\\/"), bearer.shown()));
        });
    // A token may be the beginning of another.
    secrets.sort(Comparator.comparing((Secret secret) -> secret.text().length()).reversed());
  }

  String of(String text) {
    String clean = text;
    for (Secret secret : secrets) {
      clean = clean.replace(secret.text(), secret.shown());
    }
    return clean;
  }

  private record Secret(String text, String shown) {}
}
