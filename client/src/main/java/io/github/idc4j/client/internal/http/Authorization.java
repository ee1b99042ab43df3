package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.error.CredentialsException;
import io.github.idc4j.client.internal.net.BaseUrl;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Request;

/** Adds the ID token to requests, but only to requests to the origin of the base URL. */
public final class Authorization {

  private static final String HEADER = "Authorization";
  private static final String SCHEME = "Bearer ";
  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  private final BaseUrl baseUrl;
  private final Optional<Credentials> credentials;

  /** Creates an authorization. Without credentials, it leaves requests unchanged. */
  public Authorization(BaseUrl baseUrl, Optional<Credentials> credentials) {
    this.baseUrl = baseUrl;
    this.credentials = credentials;
  }

  /** Returns the request with an ID token. May block while the credentials renew the token. */
  Request authorize(Request request) {
    if (credentials.isEmpty() || !baseUrl.isOriginOf(request.url())) {
      return request;
    }
    String token = credentials.get().idToken();
    if (token == null || token.isBlank()) {
      throw new CredentialsException(
          "The credentials returned no ID token, so the request was not sent. Check what you pass"
              + " to credentials().");
    }
    if (!TOKEN.matcher(token).matches()) {
      throw new CredentialsException(
          "The credentials returned an ID token that contains a space, a line break, or a"
              + " non-ASCII character, so the request was not sent. Check what you pass to"
              + " credentials().");
    }
    return request.newBuilder().header(HEADER, SCHEME + token).build();
  }

  /**
   * Asks the credentials to renew the ID token of a refused request. Returns whether the
   * credentials now have another token.
   */
  boolean renew(Request refused) {
    String token = token(refused);
    return !token.isEmpty() && credentials.isPresent() && credentials.get().renew(token);
  }

  /** Returns the ID token of a request; an empty string if the request has no ID token. */
  static String token(Request request) {
    String header = request.header(HEADER);
    return header != null && header.startsWith(SCHEME) ? header.substring(SCHEME.length()) : "";
  }
}
