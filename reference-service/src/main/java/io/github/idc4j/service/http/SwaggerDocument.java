package io.github.idc4j.service.http;

import io.github.idc4j.openapi.IdcOpenApi;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adapts the OpenAPI document to a service, so that Swagger UI can send requests to the service.
 */
final class SwaggerDocument {

  private static final String VERSION = "/v1";

  private SwaggerDocument() {}

  /**
   * Returns the document as JSON. It contains only the operations that the service has, and the
   * service is its only server.
   *
   * @param signIn whether users sign in at the development issuer, instead of entering an ID token
   */
  static String json(List<Route> routes, boolean signIn) throws IOException {
    try (InputStream packaged = IdcOpenApi.specJson().openStream()) {
      ObjectNode document = (ObjectNode) JsonMapper.shared().readTree(packaged);
      document.putArray("servers").addObject().put("url", VERSION);
      ((ObjectNode) document.get("paths"))
          .retain(
              routes.stream()
                  .map(Route::template)
                  .filter(path -> path.startsWith(VERSION))
                  .map(path -> path.substring(VERSION.length()))
                  .toList());
      if (signIn) {
        putSignIn((ObjectNode) document.at("/components/securitySchemes/idToken"));
      }
      return JsonMapper.shared().writeValueAsString(document);
    }
  }

  private static void putSignIn(ObjectNode scheme) {
    scheme
        .removeAll()
        .put("type", "oauth2")
        .put("description", "Sign in to the development issuer, which asks for no password.")
        // Swagger UI would otherwise send the access token.
        .put("x-tokenName", "id_token")
        .putObject("flows")
        .putObject("authorizationCode")
        .put("authorizationUrl", DevelopmentIssuer.AUTHORIZE)
        .put("tokenUrl", DevelopmentIssuer.TOKEN)
        .putObject("scopes");
  }
}
