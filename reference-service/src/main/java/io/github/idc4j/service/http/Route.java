package io.github.idc4j.service.http;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A path with the handlers of its methods.
 *
 * @param template the path; a name in braces stands for a non-negative integer
 * @param slashed whether the path ended with a slash in the deployed service; see {@link
 *     Rules#existsWithoutSlash}
 * @param handlers the handlers, by method
 */
record Route(String template, boolean slashed, Map<String, Handler> handlers) {

  static Route of(String template, boolean slashed, Map<String, Handler> handlers) {
    return new Route(template, slashed, handlers);
  }

  /** Returns the value of the {@code Allow} header. */
  String allow() {
    Set<String> methods = new TreeSet<>(handlers.keySet());
    methods.add("OPTIONS");
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return String.join(", ", methods);
  }
}
