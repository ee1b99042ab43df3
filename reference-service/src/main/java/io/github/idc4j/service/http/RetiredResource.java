package io.github.idc4j.service.http;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Responds with 410 (Gone), as the retired service does. */
final class RetiredResource {

  private static final String SWAGGER =
      "SwaggerUI interface available at"
          + " <https://api.imaging.datacommons.cancer.gov/v1/swagger/>.";
  private static final String HISTORY =
      " Historical documentation available at <https://learn.canceridc.dev/api/v1-api/>";

  private RetiredResource() {}

  static List<Route> routes() {
    return Stream.of(
            "about",
            "versions",
            "collections",
            "analysis_results",
            "attributes",
            "cohorts",
            "cohorts/manifest",
            "cohorts/manifest/preview",
            "cohorts/manifest/nextPage",
            "cohorts/query",
            "cohorts/query/preview")
        .map(
            path -> Route.of("/v1/" + path, true, Map.of("GET", Handler.of(request -> gone(path)))))
        .toList();
  }

  private static Reply gone(String path) {
    return Reply.of(
        410,
        Map.of(
            "message",
            "IDC v1 API endpoints have been deprecated",
            "documentation",
            path.equals("about") ? SWAGGER : SWAGGER + HISTORY));
  }
}
