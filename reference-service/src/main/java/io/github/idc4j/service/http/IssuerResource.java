package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Issuer;
import io.github.idc4j.service.cohort.Cohorts;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The development issuer, outside of version 1: {@code email}, in a form or in JSON, gives an ID
 * token.
 *
 * <p>Optional: {@code expires_in}, seconds, negative for a token that has expired; {@code
 * register=false} for a user who has no account. Without {@code email} the token has none.
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
        Route.of("/dev/token", false, Map.of("POST", this::token)),
        Route.of("/dev/jwks", false, Map.of("GET", request -> keys())));
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
        "code", 200, "id_token", issuer.issue(email, Duration.ofSeconds(Long.parseLong(lifetime))));
  }

  private static Map<String, String> members(Request request) {
    Map<String, String> members = new HashMap<>();
    Json.body(request, null)
        .forEachEntry((name, value) -> members.put(name, value.asString(value.toString())));
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
