package io.github.idc4j.cli.login;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Signs a user in with a browser. */
public final class BrowserLogin {

  private static final String SCOPES = "openid email";

  private BrowserLogin() {}

  /**
   * Signs a user in. Returns when the user has signed in.
   *
   * @param issuerUrl the OpenID Connect issuer
   * @param browser opens or prints the URL at which the user signs in
   * @param timeout maximum time to wait for the user
   * @throws LoginException if the login fails, or is not complete in time
   * @throws IOException if no loopback port can be used
   */
  public static Tokens run(URI issuerUrl, Program program, Consumer<URI> browser, Duration timeout)
      throws IOException, InterruptedException, LoginException {
    Issuer issuer = Issuer.of(issuerUrl);
    Secrets secrets = Secrets.create();
    try (RedirectServer redirects = RedirectServer.start(secrets.state())) {
      browser.accept(issuer.loginPage(request(program, secrets, redirects.uri())));
      String code = redirects.code(timeout);
      JsonNode tokens = issuer.tokens(exchange(program, secrets, redirects.uri(), code));
      return verified(tokens, issuer, program, secrets.nonce());
    }
  }

  private static Map<String, String> request(Program program, Secrets secrets, String redirect) {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("response_type", "code");
    request.put("client_id", program.clientId());
    request.put("redirect_uri", redirect);
    request.put("scope", SCOPES);
    request.put("state", secrets.state());
    request.put("nonce", secrets.nonce());
    request.put("code_challenge", secrets.challenge());
    request.put("code_challenge_method", "S256");
    return request;
  }

  private static Map<String, String> exchange(
      Program program, Secrets secrets, String redirect, String code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", program.clientId());
    program.secret().ifPresent(secret -> form.put("client_secret", secret));
    form.put("redirect_uri", redirect);
    form.put("code", code);
    form.put("code_verifier", secrets.verifier());
    return form;
  }

  /**
   * Verifies that the ID token belongs to this login. The signature is not verified, because the
   * token comes from the issuer itself (OpenID Connect Core 1.0, section 3.1.3.7).
   */
  private static Tokens verified(JsonNode response, Issuer issuer, Program program, String nonce)
      throws LoginException {
    try {
      JWTClaimsSet claims =
          JWTParser.parse(response.path("id_token").asString("")).getJWTClaimsSet();
      new DefaultJWTClaimsVerifier<SecurityContext>(
              program.clientId(),
              new JWTClaimsSet.Builder()
                  .issuer(issuer.url().toString())
                  .claim("nonce", nonce)
                  .build(),
              Set.of("exp"))
          .verify(claims, null);
      return new Tokens(response, claims, program, issuer.token());
    } catch (ParseException | BadJWTException e) {
      throw new LoginException(
          "the ID token of the issuer " + issuer.url() + " does not belong to this login.");
    }
  }
}
