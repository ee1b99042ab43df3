package io.github.idc4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A new private key with a self-signed certificate for localhost.
 *
 * @param store a PKCS #12 file with both, which Java can also use as a trust store
 * @param pem a file with the certificate and the private key
 * @param context an SSL context that uses the private key and trusts only this certificate
 */
record TestKey(Path store, Path pem, SSLContext context) {

  /** The password of the PKCS #12 file. */
  static final String PASSWORD = "key-password";

  static TestKey of(Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("key.p12");
    String line =
        "-genkeypair -alias key -keyalg EC -dname CN=localhost -ext san=dns:localhost"
            + " -storetype PKCS12 -storepass "
            + PASSWORD
            + " -keystore";
    ProcessBuilder keytool = new ProcessBuilder(line.split(" ")).inheritIO();
    keytool.command().add(0, Path.of(System.getProperty("java.home"), "bin/keytool").toString());
    keytool.command().add(file.toString());
    if (keytool.start().waitFor() != 0) {
      throw new AssertionError("keytool failed");
    }
    try {
      return of(folder, file);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static TestKey of(Path folder, Path file) throws IOException, GeneralSecurityException {
    char[] password = PASSWORD.toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    Path pem =
        Files.writeString(
            folder.resolve("key.pem"),
            pem("CERTIFICATE", store.getCertificate("key").getEncoded())
                + pem("PRIVATE KEY", store.getKey("key", password).getEncoded()));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("client", store.getCertificate("key"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return new TestKey(file, pem, context);
  }

  private static String pem(String type, byte[] content) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(content)
        + "\n-----END "
        + type
        + "-----\n";
  }
}
