package io.github.idc4j.cli.login;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenID Connect issuer, with the endpoints of its configuration.
 *
 * @param url identifies the issuer
 * @param authorization the URL that the browser opens
 * @param token the URL that exchanges a code for tokens
 */
record Issuer(URI url, URI authorization, URI token) {

  private static final String CONFIGURATION = "/.well-known/openid-configuration";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final Pattern ERROR = Pattern.compile("[a-z_]{1,50}");

  /**
   * Requests the configuration of an issuer.
   *
   * @throws LoginException if there is no valid configuration
   */
  static Issuer of(URI url) throws InterruptedException, LoginException {
    requireSecure(url, "issuer");
    URI location = URI.create(url.toString().replaceFirst("/$", "") + CONFIGURATION);
    HttpResponse<String> response = send(HttpRequest.newBuilder(location));
    JsonNode configuration = json(response);
    if (response.statusCode() != 200 || !configuration.isObject()) {
      throw new LoginException(
          "%s is no OpenID Connect issuer: the response for %s has the status %d."
              .formatted(url, location, response.statusCode()));
    }
    String name = configuration.path("issuer").asString("");
    if (!name.equals(url.toString())) {
      throw new LoginException(
          "the configuration of %s is that of the issuer '%s'. Correct --issuer."
              .formatted(url, name));
    }
    return new Issuer(
        url,
        endpoint(configuration, "authorization_endpoint"),
        endpoint(configuration, "token_endpoint"));
  }

  private static URI endpoint(JsonNode configuration, String name) throws LoginException {
    try {
      URI url = URI.create(configuration.path(name).asString(""));
      requireSecure(url, name);
      return url;
    } catch (IllegalArgumentException e) {
      throw new LoginException("the " + name + " of the issuer is not a URL.");
    }
  }

  /** Tokens and codes must not be sent over plain http, except on this host. */
  private static void requireSecure(URI url, String what) throws LoginException {
    boolean secure =
        url.getHost() != null
            && ("https".equals(url.getScheme())
                || ("http".equals(url.getScheme()) && LOOPBACK.contains(url.getHost())));
    if (!secure) {
      throw new LoginException(
          "the %s must be an https URL, or an http URL of this host, but was '%s'."
              .formatted(what, url));
    }
  }

  /** Returns the URL at which the user signs in. */
  URI loginPage(Map<String, String> parameters) {
    String separator = authorization.getRawQuery() == null ? "?" : "&";
    return URI.create(authorization + separator + Parameters.encode(parameters));
  }

  /**
   * Exchanges a code for tokens. Returns the members of the response.
   *
   * @throws LoginException if the issuer refuses the code
   */
  JsonNode tokens(Map<String, String> form) throws InterruptedException, LoginException {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Parameters.encode(form))));
    JsonNode members = json(response);
    if (response.statusCode() != 200 || !members.isObject()) {
      String error = members.path("error").asString("");
      throw new LoginException(
          "the issuer %s did not return tokens: status %d%s."
              .formatted(
                  url, response.statusCode(), ERROR.matcher(error).matches() ? ", " + error : ""));
    }
    return members;
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws InterruptedException, LoginException {
    HttpRequest complete = request.timeout(TIMEOUT).build();
    try {
      return HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .build()
          .send(complete, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new LoginException(
          "no response from " + complete.uri() + ". Check the URL, and that the service runs.");
    }
  }

  private static JsonNode json(HttpResponse<String> response) {
    try {
      return JsonMapper.shared().readTree(response.body());
    } catch (JacksonException e) {
      return JsonMapper.shared().missingNode();
    }
  }
}
