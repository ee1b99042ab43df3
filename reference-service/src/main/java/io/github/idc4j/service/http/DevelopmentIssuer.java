package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Issuer;
import io.github.idc4j.service.auth.LoginException;
import io.github.idc4j.service.auth.LoginRequest;
import io.github.idc4j.service.auth.OneTimeCodes;
import io.github.idc4j.service.cohort.Cohorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The development issuer, which is not part of version 1. It signs in every user without a
 * password:
 *
 * <ul>
 *   <li>{@code POST /dev/token} with a JSON object returns an ID token. All members are optional:
 *       {@code email}, the e-mail address of the user, without which the token has none; {@code
 *       expires_in}, the lifetime in seconds, which is negative for an expired token; {@code
 *       register}, false to create no account. A web page of another origin cannot send JSON,
 *       because the browser first asks the service for permission, and never gets it.
 *   <li>{@code GET /dev/authorize} begins a browser login with PKCE, and {@code POST /dev/token}
 *       with a form ends it. The form needs a code or a refresh token, which other origins cannot
 *       get.
 *   <li>{@code GET /dev/jwks} returns the public key.
 * </ul>
 */
final class DevelopmentIssuer {

  static final String AUTHORIZE = "/dev/authorize";
  static final String TOKEN = "/dev/token";

  private static final Duration PAGE_LIFETIME = Duration.ofMinutes(10);
  private static final Duration CODE_LIFETIME = Duration.ofMinutes(1);
  private static final String PAGE = page();

  private static final Pattern EMAIL =
      Pattern.compile("[^\\s\\p{Cntrl}\\p{Cs}@]{1,64}@[^\\s\\p{Cntrl}\\p{Cs}@]{1,255}");

  /** Responds to the requests with one method to one path. */
  @FunctionalInterface
  interface Action {
    Reply reply(Request request, String body) throws LoginException, SQLException;
  }

  /** A user who has signed in for a program. */
  private record Login(LoginRequest request, String email) {}

  private final Issuer issuer;
  private final Cohorts cohorts;
  private final OneTimeCodes<LoginRequest> pages;
  private final OneTimeCodes<Login> codes;

  private final Map<String, Map<String, Action>> actions =
      Map.of(
          "/.well-known/openid-configuration",
          Map.of("GET", (request, body) -> configuration(url(request))),
          "/dev/jwks",
          Map.of("GET", (request, body) -> jwks()),
          AUTHORIZE,
          Map.of("GET", this::showPage, "POST", (request, body) -> signIn(body)),
          TOKEN,
          Map.of("POST", this::token));

  DevelopmentIssuer(Issuer issuer, Cohorts cohorts, Clock clock) {
    this.issuer = issuer;
    this.cohorts = cohorts;
    pages = new OneTimeCodes<>(PAGE_LIFETIME, clock);
    codes = new OneTimeCodes<>(CODE_LIFETIME, clock);
  }

  /** Returns the actions of a path by method; empty if the path is not one of the issuer. */
  Map<String, Action> actions(String path) {
    return actions.getOrDefault(path, Map.of());
  }

  /** Returns the URL of the issuer, by which the client knows the service. */
  static URI url(Request request) {
    return URI.create(
        request.getHttpURI().getScheme() + "://" + request.getHttpURI().getAuthority());
  }

  private static Reply configuration(URI url) {
    return Reply.json(
        200,
        Map.of(
            "issuer", url.toString(),
            "authorization_endpoint", url + AUTHORIZE,
            "token_endpoint", url + TOKEN,
            "jwks_uri", url + "/dev/jwks",
            "response_types_supported", List.of("code"),
            "grant_types_supported", List.of("authorization_code", "refresh_token"),
            "subject_types_supported", List.of("public"),
            "id_token_signing_alg_values_supported", List.of("ES256"),
            "code_challenge_methods_supported", List.of("S256"),
            "token_endpoint_auth_methods_supported", List.of("none", "client_secret_post")));
  }

  private Reply jwks() {
    return Reply.json(200, issuer.keys());
  }

  private Reply showPage(Request request, String body) throws LoginException {
    Map<String, String> parameters =
        IssuerHandler.parameters(Objects.requireNonNullElse(request.getHttpURI().getQuery(), ""));
    String redirect = LoginRequest.redirect(parameters);
    try {
      String login = pages.add(LoginRequest.of(parameters));
      return Reply.html(200, PAGE.replace("{login}", login));
    } catch (LoginException e) {
      return Reply.redirect(
          LoginRequest.redirectTo(
              redirect, "error", e.error(), parameters.getOrDefault("state", "")));
    }
  }

  /** Ends the login page. Its field {@code login} is a secret, so no other page can send it. */
  private Reply signIn(String body) throws LoginException, SQLException {
    Map<String, String> form = IssuerHandler.parameters(body);
    String email = validEmail(form.getOrDefault("email", ""));
    LoginRequest request =
        pages
            .take(form.get("login"))
            .orElseThrow(
                () ->
                    new LoginException(
                        "invalid_request",
                        "This login was used or has expired. Start the login of your program"
                            + " again."));
    cohorts.signIn(email);
    return Reply.redirect(
        LoginRequest.redirectTo(
            request.redirect(), "code", codes.add(new Login(request, email)), request.state()));
  }

  private Reply token(Request request, String body) throws LoginException, SQLException {
    String type =
        Objects.requireNonNullElse(request.getHeaders().get(HttpHeader.CONTENT_TYPE), "")
            .replaceFirst("(?s);.*", "")
            .strip();
    if (type.equalsIgnoreCase("application/json")) {
      return direct(url(request), members(body));
    }
    if (type.equalsIgnoreCase("application/x-www-form-urlencoded")) {
      return granted(url(request), IssuerHandler.parameters(body));
    }
    throw ApiException.of(
        415, "The Content-Type must be application/json, such as {\"email\": \"..\"}.");
  }

  private Reply direct(URI url, Map<String, String> settings) throws SQLException {
    String email = settings.get("email");
    if (email != null) {
      validEmail(email);
    }
    String lifetime = settings.getOrDefault("expires_in", "" + Issuer.LIFETIME.toSeconds());
    if (!lifetime.matches("-?\\d{1,9}")) {
      throw ApiException.badRequest("expires_in must be a whole number of seconds.");
    }
    if (email != null && !"false".equals(settings.get("register"))) {
      cohorts.signIn(email);
    }
    Duration time = Duration.ofSeconds(Long.parseLong(lifetime));
    return Reply.ok(Map.of("id_token", issuer.issue(url, email, time)));
  }

  private Reply granted(URI url, Map<String, String> form) throws LoginException, SQLException {
    String grant = form.getOrDefault("grant_type", "");
    if (!Issuer.CLIENT_ID.equals(form.get("client_id")) && !grant.isEmpty()) {
      throw new LoginException("invalid_client", "The client_id must be " + Issuer.CLIENT_ID + ".");
    }
    switch (grant) {
      case "authorization_code" -> {
        Login login =
            codes
                .take(form.get("code"))
                .filter(found -> found.request().redirect().equals(form.get("redirect_uri")))
                .filter(found -> found.request().isMadeWith(form.getOrDefault("code_verifier", "")))
                .orElseThrow(
                    () ->
                        new LoginException(
                            "invalid_grant",
                            "The code was used, has expired, or does not match the redirect_uri or"
                                + " the code_verifier."));
        return tokens(
            url,
            login.email(),
            login.request().nonce(),
            Optional.of(issuer.refreshToken(login.email())));
      }
      case "refresh_token" -> {
        String email = issuer.user(form.getOrDefault("refresh_token", ""));
        cohorts.signIn(email);
        return tokens(url, email, "", Optional.empty());
      }
      default ->
          throw new LoginException(
              "unsupported_grant_type",
              "The grant_type must be authorization_code or refresh_token. To get an ID token"
                  + " without a login, send JSON.");
    }
  }

  /**
   * Returns the tokens of a user. The access token is of no use, because version 1 has no use for
   * it.
   */
  private Reply tokens(URI url, String email, String nonce, Optional<String> refreshToken) {
    Map<String, Object> members = new HashMap<>();
    members.put("access_token", UUID.randomUUID().toString());
    members.put("token_type", "Bearer");
    members.put("expires_in", Issuer.LIFETIME.toSeconds());
    members.put("scope", "openid email");
    members.put("id_token", issuer.issue(url, email, Issuer.LIFETIME, nonce));
    refreshToken.ifPresent(token -> members.put("refresh_token", token));
    return Reply.json(200, members);
  }

  private static String validEmail(String email) {
    if (!EMAIL.matcher(email).matches()) {
      throw ApiException.badRequest("The email is not an e-mail address.");
    }
    return email;
  }

  private static Map<String, String> members(String body) {
    JsonNode json;
    try {
      json = Json.MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw ApiException.badRequest("The body is not valid JSON.");
    }
    if (!json.isObject()) {
      throw ApiException.badRequest("The body must be an object, such as {\"email\": \"..\"}.");
    }
    Map<String, String> members = new HashMap<>();
    json.forEachEntry((name, value) -> members.put(name, value.asString(value.toString())));
    return members;
  }

  private static String page() {
    try (InputStream page = DevelopmentIssuer.class.getResourceAsStream("login.html")) {
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
