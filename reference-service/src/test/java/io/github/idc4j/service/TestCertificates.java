package io.github.idc4j.service;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * New certificates of an authority, made with {@code keytool}. Each is issued for localhost and
 * 127.0.0.1.
 */
final class TestCertificates {

  static final String PASSWORD = "store-password";

  private final Path folder;

  /** Creates the authority. */
  TestCertificates(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    keytool("authority", "-genkeypair -keyalg EC -dname CN=authority -ext bc:c");
  }

  /**
   * Issues a certificate.
   *
   * @param options of {@code keytool}, for the validity
   * @return a PKCS #12 file with the key, whose password is {@link #PASSWORD}, and the chain
   */
  Path issue(String name, String algorithm, String options)
      throws IOException, InterruptedException {
    Path request = folder.resolve(name + ".csr");
    Path certificate = folder.resolve(name + ".crt");
    Path authority = folder.resolve("authority.crt");
    keytool(name, "-genkeypair -dname CN=" + name + " -keyalg " + algorithm);
    keytool(name, "-certreq -file " + request);
    keytool(
        "authority",
        "-gencert -ext san=dns:localhost,ip:127.0.0.1 -infile "
            + request
            + " -outfile "
            + certificate
            + options);
    keytool("authority", "-exportcert -file " + authority);
    Files.deleteIfExists(folder.resolve("root.p12"));
    run(
        "-importcert -noprompt -alias root -file "
            + authority
            + " -keystore "
            + store(name)
            + " -storepass "
            + PASSWORD);
    keytool(name, "-importcert -noprompt -file " + certificate);
    return store(name);
  }

  private Path store(String name) {
    return folder.resolve(name + ".p12");
  }

  private void keytool(String name, String options) throws IOException, InterruptedException {
    run(
        options
            + " -alias "
            + name
            + " -storetype PKCS12 -storepass "
            + PASSWORD
            + " -keystore "
            + store(name));
  }

  private static void run(String options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
    // These halve the time of such short programs.
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(List.of(options.split(" ")));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new AssertionError(output);
    }
  }

  private KeyStore load(String name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store(name))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  /** Writes the chain of an issued certificate to a PEM file. */
  Path chain(String name) throws IOException, GeneralSecurityException {
    StringBuilder text = new StringBuilder();
    for (var certificate : load(name).getCertificateChain(name)) {
      text.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return Files.writeString(folder.resolve(name + ".pem"), text);
  }

  /**
   * Writes the private key of an issued certificate to a PEM file, which only its owner can read.
   */
  Path key(String name) throws IOException, GeneralSecurityException {
    Path file = folder.resolve(name + ".key");
    byte[] key = load(name).getKey(name, PASSWORD.toCharArray()).getEncoded();
    Files.writeString(file, pem("PRIVATE KEY", key));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static String pem(String type, byte[] content) {
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(content));
  }

  /** Returns a context of a client that trusts the authority. */
  SSLContext client() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", load("authority").getCertificate("authority"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
