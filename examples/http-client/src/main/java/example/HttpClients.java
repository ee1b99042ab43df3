package example;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.tls.Certificates;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** Builds OkHttp clients that you can pass to {@code IdcClient.builder().httpClient(...)}. */
public final class HttpClients {

  private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

  private HttpClients() {}

  /**
   * Returns a client that connects through a proxy and authenticates with a user and a password.
   */
  public static OkHttpClient throughProxy(InetSocketAddress address, String user, String password) {
    return new OkHttpClient.Builder()
        .proxy(new Proxy(Proxy.Type.HTTP, address))
        .proxyAuthenticator(
            (route, response) -> {
              if (response.request().header(PROXY_AUTHORIZATION) != null) {
                return null; // The proxy rejected the password.
              }
              return response
                  .request()
                  .newBuilder()
                  .header(PROXY_AUTHORIZATION, Credentials.basic(user, password))
                  .build();
            })
        .build();
  }

  /**
   * Returns a client that trusts a private certificate authority in addition to the public ones.
   *
   * @param authority PEM file with the certificate of the authority
   */
  public static OkHttpClient trusting(Path authority) throws IOException {
    return withCertificates(trusted(authority).build());
  }

  /**
   * Returns a client that also presents its own certificate, for mutual TLS. It trusts a private
   * certificate authority in addition to the public ones.
   *
   * @param authority PEM file with the certificate of the authority
   * @param identity PEM file with the certificate of the client and its private key
   */
  public static OkHttpClient presenting(Path authority, Path identity) throws IOException {
    HeldCertificate certificate = HeldCertificate.decode(Files.readString(identity));
    return withCertificates(trusted(authority).heldCertificate(certificate).build());
  }

  private static HandshakeCertificates.Builder trusted(Path authority) throws IOException {
    return new HandshakeCertificates.Builder()
        .addPlatformTrustedCertificates()
        .addTrustedCertificate(Certificates.decodeCertificatePem(Files.readString(authority)));
  }

  private static OkHttpClient withCertificates(HandshakeCertificates certificates) {
    return new OkHttpClient.Builder()
        .sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager())
        .build();
  }
}
