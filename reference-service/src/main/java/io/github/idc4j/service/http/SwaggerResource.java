package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Issuer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;

/**
 * Shows the operations of the service with Swagger UI at {@code /v1/swagger}, as the deployed
 * service did. The files are read when they are first requested.
 */
final class SwaggerResource {

  private static final String PAGE = "/v1/swagger";
  private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/";
  private static final String WEBJAR_VERSION =
      "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

  /** Swagger UI shows images from data URLs. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'";

  private static final String JSON = "application/json";

  private SwaggerResource() {}

  /**
   * Returns the routes of the page and its files.
   *
   * @param operations the routes that the page shows
   * @param signIn whether the service has the development issuer
   */
  static List<Route> routes(List<Route> operations, boolean signIn) {
    return List.of(
        route(PAGE, PageFile.HTML, () -> page(signIn ? Issuer.CLIENT_ID : "")),
        file("swagger.js", PageFile.SCRIPT, () -> PageFile.read("swagger.js")),
        file("openapi.json", JSON, () -> SwaggerDocument.json(operations, signIn)),
        webjar("swagger-ui.css", PageFile.CSS),
        webjar("swagger-ui-bundle.js", PageFile.SCRIPT),
        webjar("oauth2-redirect.html", PageFile.HTML),
        webjar("oauth2-redirect.js", PageFile.SCRIPT));
  }

  private static Route webjar(String name, String type) {
    return file(name, type, () -> PageFile.read(WEBJAR + version() + "/" + name));
  }

  private static Route file(String name, String type, PageFile.Content content) {
    return route(PAGE + "/" + name, type, content);
  }

  private static Route route(String path, String type, PageFile.Content content) {
    return PageFile.route(path, true, type, CONTENT_SECURITY_POLICY, content);
  }

  private static String page(String client) throws IOException {
    return PageFile.read("swagger.html").replace("{client}", client);
  }

  /** Returns the version of Swagger UI, which is part of the paths of its files. */
  private static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream file = SwaggerResource.class.getResourceAsStream(WEBJAR_VERSION)) {
      properties.load(file);
    }
    return properties.getProperty("version");
  }
}
