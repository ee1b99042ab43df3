package io.github.idc4j.service.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the route of a path. Literal segments win over integers. */
final class Router {

  private final List<Route> routes;

  /** A route with the integers of a path. */
  record Match(Route route, Map<String, Long> integers) {}

  Router(List<Route> routes) {
    this.routes = routes;
  }

  Optional<Match> find(String path) {
    String[] segments = segments(path);
    return routes.stream()
        .map(route -> match(route, segments))
        .flatMap(Optional::stream)
        .min((a, b) -> Integer.compare(a.integers().size(), b.integers().size()));
  }

  private static Optional<Match> match(Route route, String[] path) {
    String[] template = segments(route.template());
    if (template.length != path.length) {
      return Optional.empty();
    }
    Map<String, Long> integers = new LinkedHashMap<>();
    for (int i = 0; i < template.length; i++) {
      if (template[i].startsWith("{")) {
        OptionalLong integer = integer(path[i]);
        if (integer.isEmpty()) {
          return Optional.empty();
        }
        integers.put(template[i].substring(1, template[i].length() - 1), integer.getAsLong());
      } else if (!template[i].equals(path[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(new Match(route, integers));
  }

  /** Returns a non-negative integer of 64 bits; empty for other text, of any length. */
  private static OptionalLong integer(String text) {
    try {
      return text.chars().allMatch(digit -> digit >= '0' && digit <= '9')
          ? OptionalLong.of(Long.parseLong(text))
          : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static String[] segments(String path) {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return trimmed.split("/", -1);
  }
}
