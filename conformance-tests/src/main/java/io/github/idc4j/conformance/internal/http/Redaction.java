package io.github.idc4j.conformance.internal.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Replaces ID tokens and other secrets in a text. Finds them in plain form and as encoded in URLs,
 * JSON and HTML.
 */
final class Redaction {

  private final List<Secret> secrets = new ArrayList<>();

  /**
   * Creates a redaction.
   *
   * @param tokens ID tokens by caller
   * @param more other secrets, each with its replacement
   */
  Redaction(Map<Caller, String> tokens, Map<String, String> more) {
    tokens.forEach((caller, token) -> add(token, caller.shown()));
    more.forEach(this::add);
    // Replace long secrets first, because a token may be a prefix of another token.
    secrets.sort(Comparator.comparing((Secret secret) -> secret.text().length()).reversed());
  }

  private void add(String secret, String shown) {
    Stream.of(secret, url(secret), json(secret), json(secret).replace("/", "\\/"), html(secret))
        .forEach(text -> secrets.add(new Secret(text, shown)));
  }

  private static String url(String token) {
    return URLEncoder.encode(token, StandardCharsets.UTF_8);
  }

  private static String json(String token) {
    String quoted = JsonMapper.shared().writeValueAsString(token);
    return quoted.substring(1, quoted.length() - 1);
  }

  private static String html(String token) {
    return token
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
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
