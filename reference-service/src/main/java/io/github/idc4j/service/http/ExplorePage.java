package io.github.idc4j.service.http;

import io.github.idc4j.service.data.Database;
import java.util.List;
import java.util.Map;

/**
 * Shows the counts of {@link CountsResource} as charts that filter each other. The page needs no
 * files of other hosts.
 */
final class ExplorePage {

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private ExplorePage() {}

  static List<Route> routes(Database database, CountsResource counts) {
    String data =
        (database.isSynthetic() ? "synthetic data like IDC release " : "IDC data release ")
            + database.activeVersion().number();
    Handler page =
        PageFile.handler(
            PageFile.HTML,
            CONTENT_SECURITY_POLICY,
            () -> PageFile.read("explore.html").replace("{data}", data));
    return List.of(
        Route.of(
            "/",
            false,
            Map.of(
                "GET",
                request -> {
                  counts.prepare();
                  return page.handle(request);
                })),
        file("explore.css", PageFile.CSS),
        file("explore.js", PageFile.SCRIPT),
        file("charts.js", PageFile.SCRIPT),
        file("code.js", PageFile.SCRIPT),
        file("service.js", PageFile.SCRIPT));
  }

  private static Route file(String name, String type) {
    return PageFile.route(
        "/explore/" + name, false, type, CONTENT_SECURITY_POLICY, () -> PageFile.read(name));
  }
}
