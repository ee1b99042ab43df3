package io.github.idc4j.client.auth;

import io.github.idc4j.client.error.CredentialsException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives the ID token of a user, which the client sends as {@code Authorization: Bearer}. It is a
 * Google ID token, not an access token, and lives one hour (contract, Authorization).
 *
 * <p>The client asks for it before each request, from any thread, and sends it to the base URL's
 * origin only, never over plain http but to this machine.
 *
 * <pre>{@code
 * IdcClient client = IdcClient.builder().credentials(Credentials.file()).build();
 * }</pre>
 */
public interface Credentials {

  /**
   * Returns the ID token; may send a request to renew it.
   *
   * @throws CredentialsException if there is none to be had
   */
  @Nullable String idToken();

  /**
   * Called when the service refused a token with status 401; may send a request to get another.
   *
   * @return whether {@link #idToken} now gives another, with which the client then asks once more
   * @throws CredentialsException if getting another was tried and failed
   */
  default boolean renew(String refused) {
    return false;
  }

  /** Returns credentials of one token, for programs that end within the hour. */
  static Credentials of(String idToken) {
    Objects.requireNonNull(idToken);
    return new Supplied(() -> idToken);
  }

  /** Returns credentials of tokens that something else keeps fresh; asked before each request. */
  static Credentials of(Supplier<@Nullable String> idToken) {
    return new Supplied(idToken);
  }

  /**
   * Returns the credentials in the file that IDC's {@code idc_auth.py} writes: the one that the
   * environment's {@code IDC_CREDENTIALS} names, or else {@code .idc_credentials} in the user's
   * home folder. The file is read when a token is asked for first.
   */
  static Credentials file() {
    String named = System.getenv("IDC_CREDENTIALS");
    return file(
        named == null || named.isBlank()
            ? Path.of(System.getProperty("user.home"), ".idc_credentials")
            : Path.of(named));
  }

  /**
   * Returns the credentials in a file such as IDC's {@code idc_auth.py} writes. A token that is
   * about to end is renewed, once for all threads, and the file is rewritten at once or not at all,
   * readable for its owner only.
   */
  static Credentials file(Path file) {
    return new FileCredentials(file, Clock.systemUTC());
  }
}
