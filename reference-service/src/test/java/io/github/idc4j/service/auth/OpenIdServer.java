package io.github.idc4j.service.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;

/** An OpenID Connect issuer that signs with RS256, as Google does, and can rotate its key. */
public final class OpenIdServer implements AutoCloseable {

  public static final String AUDIENCE = "client-1";

  /** Shared by all servers until they rotate it, because a new key takes a second. */
  private static final RSAKey FIRST = newKey("first");

  private static final String CONFIGURATION = "/.well-known/openid-configuration";

  private final HttpServer server;
  private final AtomicInteger keyRequests = new AtomicInteger();
  private final Clock clock;
  private volatile RSAKey key = FIRST;
  private volatile boolean broken;
  private volatile boolean silent;
  private volatile String name;

  public OpenIdServer(Clock clock) {
    this.clock = clock;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    name = url().toString();
    server.createContext(
        CONFIGURATION,
        exchange ->
            send(exchange, "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(name, url())));
    server.createContext(
        "/keys",
        exchange -> {
          keyRequests.incrementAndGet();
          send(exchange, new JWKSet(key.toPublicJWK()).toString());
        });
    server.start();
  }

  private void send(HttpExchange exchange, String json) throws IOException {
    if (silent) {
      return;
    }
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(broken ? 500 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  RSAKey key() {
    return key;
  }

  int keyRequests() {
    return keyRequests.get();
  }

  /** Sets that the server accepts requests and never responds. */
  public void setSilent() {
    silent = true;
  }

  /** Sets whether all responses are errors. */
  public void setBroken(boolean newBroken) {
    broken = newBroken;
  }

  /** Sets the issuer in the configuration. */
  void setName(String newName) {
    name = newName;
  }

  void rotate(String id) {
    key = newKey(id);
  }

  /** Gives the key another ID. */
  void rename(String id) {
    key = new RSAKey.Builder(key).keyID(id).build();
  }

  private static RSAKey newKey(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the claims of a valid ID token. */
  public JWTClaimsSet.Builder claims() {
    Instant now = clock.instant();
    return new JWTClaimsSet.Builder()
        .issuer(url().toString())
        .subject("1234")
        .audience(AUDIENCE)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(3600)))
        .claim("email", "me@example.org")
        .claim("email_verified", true);
  }

  /** Signs a token with the current key. */
  public String sign(JWTClaimsSet claims) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
