package io.github.idc4j.service.http;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A path and what it takes.
 *
 * @param template the path; a name in braces is a non-negative integer
 * @param slashed whether the deployed service declared it with a final slash, which shows in its
 *     response to a wrong method
 */
record Route(String template, boolean slashed, Map<String, Handler> handlers) {

  static Route of(String template, boolean slashed, Map<String, Handler> handlers) {
    return new Route(template, slashed, handlers);
  }

  /** Returns the methods as {@code Allow} lists them. */
  String allow() {
    Set<String> methods = new TreeSet<>(handlers.keySet());
    methods.add("OPTIONS");
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return String.join(", ", methods);
  }
}
