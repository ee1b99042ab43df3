package io.github.idc4j.client.auth;

import io.github.idc4j.client.error.CredentialsException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Provides the ID token of a user, which the client sends as {@code Authorization: Bearer}. It is a
 * Google ID token, not an access token, and expires after one hour (contract, Authorization).
 *
 * <p>The client calls these methods before requests, on one of its own threads, not on yours. They
 * may block: their time counts against the client's timeouts, after which the thread is interrupted
 * and its result is ignored. Implementations must be safe for use by several threads. The token is
 * sent only to the origin of the base URL, and over plain http only to loopback hosts and those
 * that {@code allowPlainHttp} names.
 *
 * <pre>{@code
 * IdcClient client = IdcClient.builder().baseUrl(url).credentials(Credentials.file()).build();
 * }</pre>
 */
public interface Credentials {

  /**
   * Returns the ID token; may send a request to renew it. Null means no token, and fails the
   * operation with a {@link CredentialsException}.
   *
   * @throws CredentialsException if no token can be obtained
   */
  @Nullable String idToken();

  /**
   * Called when the service refused a token with status code 401; may send a request to renew it.
   * The default implementation returns false.
   *
   * @param refused the token that was refused
   * @return whether {@link #idToken} now returns another token; the client then sends the request
   *     once more
   * @throws CredentialsException if the token could not be renewed
   */
  default boolean renew(String refused) {
    return false;
  }

  /**
   * Returns these credentials with another HTTP client for the requests that they send. The
   * client's builder calls it, so that a proxy and certificates apply to renewals too. The default
   * implementation returns this object.
   *
   * @param httpClient the client passed to {@code IdcClientBuilder.httpClient}, or the default
   */
  default Credentials withHttpClient(OkHttpClient httpClient) {
    return this;
  }

  /** Returns credentials with one fixed token, for programs that end within an hour. */
  static Credentials of(String idToken) {
    Objects.requireNonNull(idToken);
    return new SuppliedCredentials(() -> idToken);
  }

  /**
   * Returns credentials with tokens that your own code keeps fresh. The supplier is called before
   * each request, on a thread of the client.
   */
  static Credentials of(Supplier<@Nullable String> idToken) {
    return new SuppliedCredentials(idToken);
  }

  /**
   * Returns the credentials in the file that IDC's {@code idc_auth.py} writes: the file that the
   * environment variable {@code IDC_CREDENTIALS} names, otherwise {@code ~/.idc_credentials}. See
   * {@link #file(Path)}.
   */
  static Credentials file() {
    String named = System.getenv("IDC_CREDENTIALS");
    return file(
        named == null || named.isBlank()
            ? Path.of(System.getProperty("user.home"), ".idc_credentials")
            : Path.of(named));
  }

  /**
   * Returns the credentials in a file as IDC's {@code idc_auth.py} writes it. The file is read when
   * the first token is needed. A token that is about to expire is renewed, once for all threads.
   * The file is then replaced atomically, readable by its owner only.
   */
  static Credentials file(Path file) {
    return FileCredentials.of(file, Clock.systemUTC());
  }
}
