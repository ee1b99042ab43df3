package io.github.idc4j.service.auth;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * A request of a program that a user signs in with a browser: an authorization request of OAuth 2.0
 * with PKCE (RFC 7636).
 *
 * @param redirect the URL that receives the code
 * @param state returned to the program; empty if the program sent none
 * @param challenge the SHA-256 of the program's secret
 * @param nonce a claim of the ID token; empty if the program sent none
 */
public record LoginRequest(String redirect, String state, String challenge, String nonce) {

  /**
   * Returns the redirect URI of a request. Only a loopback URL is allowed, so that no other host
   * can receive a code.
   *
   * @throws LoginException if the client or the redirect URI is not allowed; the browser must not
   *     be redirected then
   */
  public static String redirect(Map<String, String> parameters) throws LoginException {
    String redirect = parameters.getOrDefault("redirect_uri", "");
    if (!Issuer.CLIENT_ID.equals(parameters.get("client_id"))) {
      throw new LoginException("invalid_client", "The client_id must be " + Issuer.CLIENT_ID + ".");
    }
    if (!Loopback.isHttpUrl(redirect) || URI.create(redirect).getRawFragment() != null) {
      throw new LoginException(
          "invalid_request",
          "The redirect_uri must be an http URL of this host, such as http://127.0.0.1:9999/.");
    }
    return redirect;
  }

  /**
   * Reads a request whose {@linkplain #redirect redirect URI} is valid.
   *
   * @throws LoginException if the request is invalid
   */
  public static LoginRequest of(Map<String, String> parameters) throws LoginException {
    if (!"code".equals(parameters.get("response_type"))) {
      throw new LoginException("unsupported_response_type", "The response_type must be code.");
    }
    String challenge = parameters.getOrDefault("code_challenge", "");
    if (!"S256".equals(parameters.get("code_challenge_method"))
        || !challenge.matches("[A-Za-z0-9_-]{43}")) {
      throw new LoginException(
          "invalid_request",
          "The code_challenge must be a SHA-256 in base64url, and code_challenge_method S256.");
    }
    return new LoginRequest(
        redirect(parameters),
        parameters.getOrDefault("state", ""),
        challenge,
        parameters.getOrDefault("nonce", ""));
  }

  /** Returns whether a secret belongs to the challenge. */
  public boolean isMadeWith(String verifier) {
    if (!verifier.matches("[A-Za-z0-9._~-]{43,128}")) {
      return false;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return MessageDigest.isEqual(
          Base64.getUrlEncoder().withoutPadding().encode(hash),
          challenge.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the URL that gives the program a parameter, and the state if it is not empty. */
  public static String redirectTo(String redirect, String name, String value, String state) {
    return redirect
        + (redirect.contains("?") ? "&" : "?")
        + name
        + "="
        + encoded(value)
        + (state.isEmpty() ? "" : "&state=" + encoded(state));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
