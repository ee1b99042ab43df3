package io.github.idc4j.cli.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Encodes and decodes the parameters of queries and forms. */
final class Parameters {

  private Parameters() {}

  static String encode(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /**
   * Decodes parameters.
   *
   * @throws IllegalArgumentException if a parameter occurs twice, or has an invalid encoding
   */
  static Map<String, String> decode(String text) {
    Map<String, String> parameters = new HashMap<>();
    for (String part : text.split("&")) {
      String[] pair = part.split("=", 2);
      String value = pair.length == 1 ? "" : URLDecoder.decode(pair[1], UTF_8);
      if (parameters.put(URLDecoder.decode(pair[0], UTF_8), value) != null) {
        throw new IllegalArgumentException("A parameter occurs twice.");
      }
    }
    return parameters;
  }
}
