package io.github.idc4j.client.auth;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Provides the ID token that a credentials file contains. Before the token expires, it is renewed
 * with the refresh token in the same file.
 */
final class FileCredentials implements Credentials {

  private static final Logger LOG = Logger.getLogger(FileCredentials.class.getName());

  /** A token that expires within this time might expire before it reaches the service. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private static final BigDecimal MAX_SECONDS =
      BigDecimal.valueOf(Duration.ofDays(3650).toSeconds());

  private final CredentialsFile file;
  private final Clock clock;
  private final TokenEndpoint endpoint;

  /** Shared with the copies that {@link #withHttpClient} returns. */
  private final SharedToken shared;

  private FileCredentials(
      CredentialsFile file, Clock clock, TokenEndpoint endpoint, SharedToken shared) {
    this.file = file;
    this.clock = clock;
    this.endpoint = endpoint;
    this.shared = shared;
  }

  static FileCredentials of(Path file, Clock clock) {
    return new FileCredentials(
        new CredentialsFile(file), clock, new TokenEndpoint(OkHttpClient::new), new SharedToken());
  }

  @Override
  public Credentials withHttpClient(OkHttpClient httpClient) {
    return new FileCredentials(file, clock, new TokenEndpoint(() -> httpClient), shared);
  }

  @Override
  public String idToken() {
    return shared.get(token -> !isExpiring(token.expiry()), this::load);
  }

  @Override
  public boolean renew(String refused) {
    String token =
        shared.get(
            known -> !known.text().equals(refused),
            () -> {
              // Another program that uses the same file may have renewed the token already.
              Map<String, @Nullable Object> contents = file.read();
              SharedToken.Token found = token(contents);
              return found.text().equals(refused) ? renewed(contents) : found;
            });
    return !token.equals(refused);
  }

  private boolean isExpiring(@Nullable Instant expiry) {
    return expiry != null && !clock.instant().plus(MARGIN).isBefore(expiry);
  }

  private SharedToken.Token load() {
    Map<String, @Nullable Object> contents = file.read();
    SharedToken.Token token = token(contents);
    return isExpiring(token.expiry()) ? renewed(contents) : token;
  }

  private SharedToken.Token token(Map<String, @Nullable Object> contents) {
    if (Boolean.TRUE.equals(contents.get("invalid"))) {
      throw file.unusable("is marked invalid, because the login was revoked or expired");
    }
    String text =
        contents.get("token_response") instanceof Map<?, ?> response
            ? JsonObjects.text(response, "id_token")
            : null;
    if (text == null) {
      throw file.lacking("ID token (token_response.id_token)");
    }
    Instant expiry = IdTokens.expiry(text);
    return new SharedToken.Token(
        text, expiry == null ? instant(JsonObjects.text(contents, "token_expiry")) : expiry);
  }

  private @Nullable Instant instant(@Nullable String expiry) {
    try {
      return expiry == null ? null : Instant.parse(expiry);
    } catch (DateTimeParseException e) {
      throw file.unusable("has a token_expiry that is not a time such as 2026-01-31T12:00:00Z");
    }
  }

  private SharedToken.Token renewed(Map<String, @Nullable Object> contents) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("client_id", required(contents, "client_id"));
    // Programs that cannot keep a secret, such as native ones, may have none.
    String secret = JsonObjects.text(contents, "client_secret");
    if (secret != null) {
      form.put("client_secret", secret);
    }
    form.put("refresh_token", required(contents, "refresh_token"));
    Map<String, @Nullable Object> response =
        endpoint.post(file, required(contents, "token_uri"), form);
    String text = JsonObjects.text(response, "id_token");
    if (text == null) {
      throw file.unusable("was not renewed: the response of its token_uri has no id_token");
    }
    save(contents, response);
    return new SharedToken.Token(text, IdTokens.expiry(text));
  }

  private String required(Map<String, @Nullable Object> contents, String member) {
    String text = JsonObjects.text(contents, member);
    if (text == null) {
      throw file.unusable(
          "has an ID token that expired or was refused, and no " + member + " to renew it");
    }
    return text;
  }

  private void save(
      Map<String, @Nullable Object> contents, Map<String, @Nullable Object> response) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(contents);
    Map<String, @Nullable Object> merged = new LinkedHashMap<>();
    if (contents.get("token_response") instanceof Map<?, ?> before) {
      merged.putAll(JsonObjects.of(before));
    }
    merged.putAll(response);
    changed.put("token_response", merged);
    String accessToken = JsonObjects.text(response, "access_token");
    if (accessToken != null) {
      changed.put("access_token", accessToken);
    }
    if (response.get("expires_in") instanceof BigDecimal seconds
        && seconds.signum() >= 0
        && seconds.compareTo(MAX_SECONDS) <= 0) {
      Instant expiry = clock.instant().plusSeconds(seconds.longValue());
      changed.put("token_expiry", expiry.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    try {
      file.write(changed);
    } catch (IOException e) {
      // This program can use the new token. The next program has to renew the token again.
      LOG.log(Level.WARNING, "The renewed ID token was not saved to " + file, e);
    }
  }

  @Override
  public String toString() {
    return "Credentials from " + file;
  }
}
