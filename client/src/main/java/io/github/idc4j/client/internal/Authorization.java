package io.github.idc4j.client.internal;

import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.error.CredentialsException;
import java.util.Optional;
import okhttp3.Request;

/** Adds the ID token to requests to the base URL's origin, and to no other. */
public final class Authorization {

  private static final String HEADER = "Authorization";
  private static final String SCHEME = "Bearer ";

  private final BaseUrl baseUrl;
  private final Optional<Credentials> credentials;

  /** Without credentials, nothing is added. */
  public Authorization(BaseUrl baseUrl, Optional<Credentials> credentials) {
    this.baseUrl = baseUrl;
    this.credentials = credentials;
  }

  Request authorized(Request request) {
    if (credentials.isEmpty() || !baseUrl.isOriginOf(request.url())) {
      return request;
    }
    String token = credentials.get().idToken();
    if (token == null || !token.matches("[!-~]+")) {
      throw new CredentialsException(
          "The credentials gave "
              + (token == null || token.isBlank()
                  ? "no ID token"
                  : "an ID token with a space or line break in it")
              + ", so nothing was sent; see IdcClient.builder().credentials");
    }
    return request.newBuilder().header(HEADER, SCHEME + token).build();
  }

  /** Gets another token in place of the one that a refused request had; returns whether it did. */
  boolean renew(Request refused) {
    String token = token(refused);
    return !token.isEmpty() && credentials.isPresent() && credentials.get().renew(token);
  }

  /** Leaves the token of a request out of a text. */
  static String redacted(Request request, String text) {
    String token = token(request);
    return token.isEmpty() ? text : text.replace(token, "***");
  }

  private static String token(Request request) {
    String header = request.header(HEADER);
    return header == null ? "" : header.substring(SCHEME.length());
  }
}
