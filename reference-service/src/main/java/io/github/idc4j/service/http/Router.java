package io.github.idc4j.service.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the route of a path. A route with a literal segment takes precedence over a route with an
 * integer.
 */
final class Router {

  /**
   * An integer of at most 4,300 digits. The limit exists because the time to parse an integer grows
   * with the square of its length.
   */
  private static final Pattern INTEGER = Pattern.compile("[0-9]{1,4300}");

  private final List<Route> routes;
  private final Rules rules;

  /**
   * A route that matches a path.
   *
   * @param integers the integers in the path, by the name in the template of the route
   */
  record Match(Route route, Map<String, String> integers) {}

  Router(List<Route> routes, Rules rules) {
    this.routes = routes;
    this.rules = rules;
  }

  Optional<Match> find(String path) {
    String[] segments = segments(path);
    return routes.stream()
        .map(route -> match(route, segments))
        .flatMap(Optional::stream)
        .min((a, b) -> Integer.compare(a.integers().size(), b.integers().size()));
  }

  private Optional<Match> match(Route route, String[] path) {
    String[] template = segments(route.template());
    if (template.length != path.length) {
      return Optional.empty();
    }
    Map<String, String> integers = new LinkedHashMap<>();
    for (int i = 0; i < template.length; i++) {
      if (template[i].startsWith("{")) {
        if (!INTEGER.matcher(path[i]).matches() || !rules.isId(path[i])) {
          return Optional.empty();
        }
        integers.put(template[i].substring(1, template[i].length() - 1), path[i]);
      } else if (!template[i].equals(path[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(new Match(route, integers));
  }

  private static String[] segments(String path) {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return trimmed.split("/", -1);
  }
}
