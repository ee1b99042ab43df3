package io.github.idc4j.service.http;

import java.util.List;

/**
 * Shows the counts of {@link CountsResource} as charts that filter each other. The page needs no
 * files of other hosts.
 */
final class ExplorePage {

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private ExplorePage() {}

  static List<Route> routes() {
    return List.of(
        route("/", "explore.html", PageFile.HTML),
        route("/explore/explore.css", "explore.css", PageFile.CSS),
        route("/explore/explore.js", "explore.js", PageFile.SCRIPT),
        route("/explore/code.js", "code.js", PageFile.SCRIPT));
  }

  private static Route route(String path, String resource, String type) {
    return PageFile.route(
        path, false, type, CONTENT_SECURITY_POLICY, () -> PageFile.read(resource));
  }
}
