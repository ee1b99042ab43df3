package io.github.idc4j.conformance.internal.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificates that TLS connections trust, and the certificate that they present. Immutable.
 */
public final class Tls {

  /** The default: trusts the certificates that the JDK trusts, and presents no certificate. */
  public static final Tls DEFAULT =
      new Tls(Optional.empty(), false, Optional.empty(), Optional.empty());

  /** Name of the environment variable that contains the password of the client certificate. */
  public static final String PASSWORD = "IDC4J_CLIENT_CERT_PASSWORD";

  private static final char[] NO_PASSWORD = {};

  private final Optional<Path> trusted;
  private final boolean insecure;
  private final Optional<Path> clientCertificate;
  private final boolean hasPassword;
  private final Optional<SSLContext> context;

  /**
   * Reads the certificate files.
   *
   * @param trusted PEM file with the certificates to trust; empty for the certificates of the JDK
   * @param insecure whether to accept every certificate and host name
   * @param clientCertificate PKCS #12 file, or PEM file with a certificate and an unencrypted key
   * @param password password of the PKCS #12 file
   * @throws IllegalArgumentException if a file cannot be read or used
   */
  public Tls(
      Optional<Path> trusted,
      boolean insecure,
      Optional<Path> clientCertificate,
      Optional<String> password) {
    this.trusted = trusted;
    this.insecure = insecure;
    this.clientCertificate = clientCertificate;
    this.hasPassword = password.isPresent();
    boolean isDefault = trusted.isEmpty() && !insecure && clientCertificate.isEmpty();
    this.context = isDefault ? Optional.empty() : Optional.of(context(password));
  }

  private SSLContext context(Optional<String> password) {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      KeyManager[] keys =
          clientCertificate.isPresent() ? keyManagers(clientCertificate.get(), password) : null;
      tls.init(keys, trustManagers(), null);
      return tls;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("The TLS settings cannot be used: " + e.getMessage(), e);
    }
  }

  private TrustManager[] trustManagers() throws GeneralSecurityException, IOException {
    if (insecure) {
      return new TrustManager[] {new TrustAll()};
    }
    if (trusted.isEmpty()) {
      return null;
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    List<Certificate> certificates = Pem.read(trusted.get()).certificates();
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("trusted" + i, certificates.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager[] keyManagers(Path file, Optional<String> password)
      throws GeneralSecurityException, IOException {
    Pem pem = Pem.read(file);
    char[] secret =
        pem.isPem() ? NO_PASSWORD : password.map(String::toCharArray).orElse(NO_PASSWORD);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(pem.isPem() ? ofPem(pem) : ofPkcs12(file, secret), secret);
    return factory.getKeyManagers();
  }

  private static KeyStore ofPem(Pem pem) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    List<Certificate> chain = pem.certificates();
    store.setKeyEntry(
        "client", pem.privateKey(chain.get(0)), NO_PASSWORD, chain.toArray(new Certificate[0]));
    return store;
  }

  private static KeyStore ofPkcs12(Path file, char[] password) throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(new ByteArrayInputStream(Pem.bytes(file)), password);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The client certificate "
              + file
              + " cannot be used: it is neither PEM nor PKCS #12, or the password in "
              + PASSWORD
              + " is wrong",
          e);
    }
    return store;
  }

  /** Returns whether every certificate and host name is accepted. */
  public boolean insecure() {
    return insecure;
  }

  /** Returns the context for TLS connections, or empty for the default context of the JDK. */
  public Optional<SSLContext> context() {
    return context;
  }

  /** Returns the options that make curl use the same certificates. */
  String curlOptions() {
    StringBuilder options = new StringBuilder();
    if (insecure) {
      options.append(" --insecure");
    } else {
      trusted.ifPresent(file -> options.append(" --cacert ").append(Curl.quoted(file.toString())));
    }
    clientCertificate.ifPresent(
        file ->
            options
                .append(Pem.read(file).isPem() ? "" : " --cert-type P12")
                .append(" --cert ")
                .append(Curl.quoted(file.toString().replaceAll("([:\\\\])", "\\\\$1")))
                .append(hasPassword ? " --pass \"$" + PASSWORD + "\"" : ""));
    return options.toString();
  }

  /** Returns the paths of the files, never a key or a password. */
  @Override
  public String toString() {
    return "trusted="
        + trusted.map(Path::toString).orElse("JDK")
        + ", insecure="
        + insecure
        + ", clientCertificate="
        + clientCertificate.map(Path::toString).orElse("none");
  }
}
