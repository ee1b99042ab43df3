package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Issuer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;

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
  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  /** Returns the content of a file. */
  @FunctionalInterface
  private interface Content {
    String read() throws IOException;
  }

  private SwaggerResource() {}

  /**
   * Returns the routes of the page and its files.
   *
   * @param operations the routes that the page shows
   * @param signIn whether the service has the development issuer
   */
  static List<Route> routes(List<Route> operations, boolean signIn) {
    return List.of(
        route(PAGE, HTML, () -> page(signIn ? Issuer.CLIENT_ID : "")),
        file("swagger.js", SCRIPT, () -> read("swagger.js")),
        file("openapi.json", JSON, () -> SwaggerDocument.json(operations, signIn)),
        webjar("swagger-ui.css", CSS),
        webjar("swagger-ui-bundle.js", SCRIPT),
        webjar("oauth2-redirect.html", HTML),
        webjar("oauth2-redirect.js", SCRIPT));
  }

  private static Route webjar(String name, String type) {
    return file(name, type, () -> read(WEBJAR + version() + "/" + name));
  }

  private static Route file(String name, String type, Content content) {
    return route(PAGE + "/" + name, type, content);
  }

  private static Route route(String path, String type, Content content) {
    AtomicReference<Reply> known = new AtomicReference<>();
    return Route.of(
        path,
        true,
        Map.of(
            "GET",
            Handler.of(
                request -> {
                  if (known.get() == null) {
                    known.set(reply(type, content));
                  }
                  return known.get();
                })));
  }

  private static Reply reply(String type, Content content) {
    try {
      return Reply.text(type, content.read())
          .with(CommonHeaders.CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    } catch (IOException e) {
      throw new UncheckedIOException("The files of Swagger UI can't be read", e);
    }
  }

  private static String page(String client) throws IOException {
    return read("swagger.html").replace("{client}", client);
  }

  /** Returns the version of Swagger UI, which is part of the paths of its files. */
  private static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream file = SwaggerResource.class.getResourceAsStream(WEBJAR_VERSION)) {
      properties.load(file);
    }
    return properties.getProperty("version");
  }

  private static String read(String resource) throws IOException {
    try (InputStream file = SwaggerResource.class.getResourceAsStream(resource)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
