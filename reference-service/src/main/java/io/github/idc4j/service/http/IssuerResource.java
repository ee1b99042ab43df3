package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Issuer;
import io.github.idc4j.service.cohort.Cohorts;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Serves the development issuer, which is not part of version 1. {@code POST /dev/token} returns an
 * ID token, and {@code GET /dev/jwks} returns the public key.
 *
 * <p>The body of a token request is a form or a JSON object. All fields are optional:
 *
 * <ul>
 *   <li>{@code email}: the e-mail address of the user. Without this field, the token has no e-mail
 *       address.
 *   <li>{@code expires_in}: the lifetime of the token in seconds, one hour by default. If the
 *       lifetime is negative, the token has already expired.
 *   <li>{@code register}: {@code false} to create no account for the user.
 * </ul>
 */
final class IssuerResource {

  private final Issuer issuer;
  private final Cohorts cohorts;

  IssuerResource(Issuer issuer, Cohorts cohorts) {
    this.issuer = issuer;
    this.cohorts = cohorts;
  }

  List<Route> routes() {
    return List.of(
        Route.of("/dev/token", false, Map.of("POST", Handler.of(this::token))),
        Route.of("/dev/jwks", false, Map.of("GET", Handler.of(request -> keys()))));
  }

  private Map<String, Object> keys() {
    Map<String, Object> keys = new TreeMap<>(issuer.keys());
    keys.put("code", 200);
    return keys;
  }

  private Map<String, Object> token(Request request) throws SQLException {
    Map<String, String> settings =
        Json.isDeclared(request) ? members(request) : form(request.body());
    String email = settings.get("email");
    if (email != null && !email.contains("@")) {
      throw ApiException.badRequest("'" + email + "' is not an e-mail address.");
    }
    String lifetime = settings.getOrDefault("expires_in", "" + Issuer.LIFETIME.toSeconds());
    if (!lifetime.matches("-?\\d{1,9}")) {
      throw ApiException.badRequest("expires_in must be a whole number of seconds.");
    }
    if (email != null && !"false".equals(settings.get("register"))) {
      cohorts.signIn(email);
    }
    return Map.of(
        "code",
        200,
        "id_token",
        issuer.issue(
            URI.create("http://127.0.0.1"), email, Duration.ofSeconds(Long.parseLong(lifetime))));
  }

  private static Map<String, String> members(Request request) {
    JsonNode body = Json.body(request, null);
    if (!body.isObject()) {
      throw ApiException.badRequest("The body must be an object, such as {\"email\": \"..\"}.");
    }
    Map<String, String> members = new HashMap<>();
    body.forEachEntry((name, value) -> members.put(name, value.asString(value.toString())));
    return members;
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new HashMap<>();
    for (String pair : body.split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return form;
  }
}
