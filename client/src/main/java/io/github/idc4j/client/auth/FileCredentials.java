package io.github.idc4j.client.auth;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ID token of a file, renewed in time by the file's refresh token. Safe for several threads.
 */
final class FileCredentials implements Credentials {

  private static final System.Logger LOG = System.getLogger(FileCredentials.class.getName());

  /** A token that ends within this time might end on its way. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final CredentialsFile file;
  private final Clock clock;
  private @Nullable String token;
  private Optional<Instant> end = Optional.empty();

  FileCredentials(Path file, Clock clock) {
    this.file = new CredentialsFile(file);
    this.clock = clock;
  }

  @Override
  public synchronized String idToken() {
    String current = token;
    if (current == null) {
      current = read();
    }
    return isEnding() ? renewed() : current;
  }

  @Override
  public synchronized boolean renew(String refused) {
    // Another thread, or another program with the same file, may have renewed it already.
    if (refused.equals(token) && refused.equals(read())) {
      renewed();
    }
    return true;
  }

  private boolean isEnding() {
    return end.isPresent() && !clock.instant().isBefore(end.get().minus(MARGIN));
  }

  private String read() {
    Map<String, @Nullable Object> contents = file.read();
    if (Boolean.TRUE.equals(contents.get("invalid"))) {
      throw file.unusable("is marked invalid: the login was revoked or has ended");
    }
    if (!(contents.get("token_response") instanceof Map<?, ?> response)
        || !(response.get("id_token") instanceof String found)
        || found.isBlank()) {
      throw file.lacking("ID token (token_response.id_token)");
    }
    return take(found, text(contents, "token_expiry"));
  }

  private String take(String newToken, @Nullable String expiry) {
    end = IdTokens.end(newToken).or(() -> instant(expiry));
    token = newToken;
    return newToken;
  }

  private Optional<Instant> instant(@Nullable String expiry) {
    try {
      return expiry == null ? Optional.empty() : Optional.of(Instant.parse(expiry));
    } catch (DateTimeParseException e) {
      throw file.unusable("has a token_expiry that is no time such as 2026-01-31T12:00:00Z");
    }
  }

  private static @Nullable String text(Map<String, @Nullable Object> contents, String member) {
    return contents.get(member) instanceof String text && !text.isBlank() ? text : null;
  }

  private String renewed() {
    Map<String, @Nullable Object> contents = file.read();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    for (String member : new String[] {"client_id", "client_secret", "refresh_token"}) {
      form.put(member, required(contents, member));
    }
    Map<String, @Nullable Object> answer =
        TokenEndpoint.post(file, required(contents, "token_uri"), form);
    if (!(answer.get("id_token") instanceof String newToken) || newToken.isBlank()) {
      throw file.unusable("was not renewed: the answer of its token_uri has no id_token");
    }
    keep(contents, answer);
    return take(newToken, null);
  }

  private String required(Map<String, @Nullable Object> contents, String member) {
    String text = text(contents, member);
    if (text == null) {
      throw file.problem(
          "has an ID token that has ended or was refused, and no "
              + member
              + " to renew it with; log in again with IDC's idc_auth.py",
          null);
    }
    return text;
  }

  private void keep(Map<String, @Nullable Object> contents, Map<String, @Nullable Object> answer) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(contents);
    Map<String, @Nullable Object> response = new LinkedHashMap<>();
    if (contents.get("token_response") instanceof Map<?, ?> before) {
      response.putAll(CredentialsFile.objectOf(before));
    }
    response.putAll(answer);
    changed.put("token_response", response);
    if (answer.get("access_token") instanceof String accessToken) {
      changed.put("access_token", accessToken);
    }
    if (answer.get("expires_in") instanceof Number seconds) {
      changed.put(
          "token_expiry",
          clock
              .instant()
              .plusSeconds(seconds.longValue())
              .truncatedTo(ChronoUnit.SECONDS)
              .toString());
    }
    try {
      file.write(changed);
    } catch (IOException e) {
      // The new token is good all the same; the next program renews it again.
      LOG.log(System.Logger.Level.WARNING, "The renewed ID token could not be kept in " + file, e);
    }
  }

  @Override
  public String toString() {
    return "Credentials of " + file;
  }
}
