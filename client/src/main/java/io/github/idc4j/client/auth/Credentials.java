package io.github.idc4j.client.auth;

import io.github.idc4j.client.error.CredentialsException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Provides the ID token of a user. The client sends the token in the header {@code Authorization:
 * Bearer}. The token is a Google ID token, not an access token, and expires after one hour. Source:
 * the contract, section "Authorization", in {@code docs/rules.md}.
 *
 * <p>The client calls these methods on one of its own threads, not on yours. The methods may block,
 * but the time they take counts toward the client's timeouts. After a timeout, the client
 * interrupts the thread and ignores the result. Implementations must be safe for use by several
 * threads.
 *
 * <p>The client sends the token only to the origin of the base URL. Over plain http, it sends the
 * token only to loopback hosts and to the hosts passed to {@code allowPlainHttp}.
 *
 * <pre>{@code
 * IdcClient client = IdcClient.builder().baseUrl(url).credentials(Credentials.file()).build();
 * }</pre>
 */
public interface Credentials {

  /**
   * Returns the ID token. May send a request to renew the token. If this method returns null, the
   * operation fails with a {@link CredentialsException}.
   *
   * @throws CredentialsException if there is no usable token
   */
  @Nullable String idToken();

  /**
   * Renews the token, if possible. The client calls this method after the service has refused a
   * token with status code 401. May send a request. The default implementation returns false.
   *
   * @param refused the token that the service refused
   * @return whether {@link #idToken} now returns another token; if true, the client sends the
   *     refused request once more
   * @throws CredentialsException if the token could not be renewed
   */
  default boolean renew(String refused) {
    return false;
  }

  /**
   * Returns a copy of these credentials that renews tokens with the given HTTP client. {@link
   * io.github.idc4j.client.IdcClientBuilder} calls this method, so that its proxy and certificates
   * also apply to renewals. The default implementation returns this object.
   *
   * @param httpClient the OkHttp client passed to {@code IdcClientBuilder.httpClient}, or the
   *     default OkHttp client
   */
  default Credentials withHttpClient(OkHttpClient httpClient) {
    return this;
  }

  /**
   * Returns credentials with one fixed token. Use them in programs that run for less than an hour.
   */
  static Credentials of(String idToken) {
    Objects.requireNonNull(idToken);
    return new SuppliedCredentials(() -> idToken);
  }

  /**
   * Returns credentials that get each token from your code. The client calls the supplier before
   * each request, on a thread of the client. The supplier must return a token that has not expired.
   */
  static Credentials of(Supplier<@Nullable String> idToken) {
    return new SuppliedCredentials(idToken);
  }

  /**
   * Returns the credentials in the file that IDC's {@code idc_auth.py} writes: the {@linkplain
   * #defaultFile default file}. {@link #file(Path)} describes how the file is used.
   */
  static Credentials file() {
    return file(defaultFile());
  }

  /**
   * Returns the path of the file that IDC's {@code idc_auth.py} writes. The path is in the
   * environment variable {@code IDC_CREDENTIALS}; if this variable is not set, it is {@code
   * ~/.idc_credentials}. The file might not exist.
   */
  static Path defaultFile() {
    String named = System.getenv("IDC_CREDENTIALS");
    return named == null || named.isBlank()
        ? Path.of(System.getProperty("user.home"), ".idc_credentials")
        : Path.of(named);
  }

  /**
   * Returns the credentials in a file that IDC's {@code idc_auth.py} wrote. The file is read when
   * the first token is needed. A token that is about to expire is renewed; if several threads need
   * it, it is renewed only once. After a renewal, the file is replaced atomically, and only its
   * owner can read the new file.
   */
  static Credentials file(Path file) {
    return FileCredentials.of(file, Clock.systemUTC());
  }
}
