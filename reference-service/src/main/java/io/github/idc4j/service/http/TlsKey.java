package io.github.idc4j.service.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The private key and the certificates of an https server. Safe for use by several threads. */
public final class TlsKey {

  private static final String ALIAS = "key";

  private final SSLContext context;
  private final List<String> warnings;

  private TlsKey(SSLContext context, List<String> warnings) {
    this.context = context;
    this.warnings = warnings;
  }

  /**
   * Reads a key and its certificates from PEM files, which can be the same file.
   *
   * @param certificates the certificate of the server, then those of the authorities that issued it
   * @param key an unencrypted private key in PKCS #8 format
   * @throws TlsException if a file cannot be read or is not valid, if the key does not match the
   *     certificate, or if all users of this host can read or change the key
   */
  public static TlsKey pem(Path certificates, Path key) throws TlsException {
    TlsFiles.requirePrivate(key);
    Certificate[] chain = TlsFiles.certificates(certificates);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          ALIAS, TlsFiles.privateKey(key, chain[0].getPublicKey()), new char[0], chain);
      return of(store, new char[0], key);
    } catch (GeneralSecurityException | IOException e) {
      throw e instanceof TlsException failure
          ? failure
          : new TlsException(
              "The certificates in "
                  + certificates
                  + " are not a chain: "
                  + e.getMessage()
                  + ". Put the certificate of the server first, and after each certificate that of"
                  + " its issuer.",
              e);
    }
  }

  /**
   * Reads a key and its certificates from a PKCS #12 file.
   *
   * @throws TlsException if the file cannot be read or is not valid, if the password is wrong, or
   *     if the file has no private key with a certificate
   */
  public static TlsKey keyStore(Path file, char[] password) throws TlsException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(TlsFiles.bytes(file)), password);
      return of(store, password, file);
    } catch (TlsException e) {
      throw e;
    } catch (IOException | GeneralSecurityException e) {
      throw new TlsException(
          e.getCause() instanceof UnrecoverableKeyException
                  || e instanceof UnrecoverableKeyException
              ? "The password of the key store " + file + " is wrong. Correct the password."
              : "The file "
                  + file
                  + " is not a PKCS #12 key store: "
                  + e.getMessage()
                  + ". Create one with: openssl pkcs12 -export, or use PEM files.",
          e);
    }
  }

  /**
   * Reads a password from a file.
   *
   * @return the first line
   * @throws TlsException if the file cannot be read or is empty, or if all users of this host can
   *     read or change it
   */
  public static char[] password(Path file) throws TlsException {
    TlsFiles.requirePrivate(file);
    return TlsFiles.text(file)
        .lines()
        .findFirst()
        .filter(line -> !line.isEmpty())
        .orElseThrow(
            () ->
                new TlsException(
                    "The first line of "
                        + file
                        + " is empty. Write the password of the key store into it.",
                    null))
        .toCharArray();
  }

  private static TlsKey of(KeyStore store, char[] password, Path file)
      throws GeneralSecurityException, TlsException {
    List<String> warnings = new ArrayList<>();
    boolean hasKey = false;
    for (String alias : Collections.list(store.aliases())) {
      if (store.getKey(alias, password) instanceof PrivateKey key
          && store.getCertificate(alias) instanceof X509Certificate certificate) {
        hasKey = true;
        if (!matches(key, certificate.getPublicKey())) {
          throw new TlsException(
              "The private key in "
                  + file
                  + " does not match the certificate of "
                  + certificate.getSubjectX500Principal()
                  + ". Use the key for which the certificate was issued, and put the certificate of"
                  + " the server first.",
              null);
        }
        try {
          certificate.checkValidity();
        } catch (CertificateException e) {
          warnings.add(
              "The certificate of "
                  + certificate.getSubjectX500Principal()
                  + " is valid only from "
                  + certificate.getNotBefore().toInstant()
                  + " to "
                  + certificate.getNotAfter().toInstant()
                  + ". Clients will refuse it. Renew the certificate and restart the service.");
        }
      }
    }
    if (!hasKey) {
      throw new TlsException(
          "The key store " + file + " has no private key with a certificate. Use another file.",
          null);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return new TlsKey(context, List.copyOf(warnings));
  }

  /** Returns whether the public key verifies what the private key signs. */
  private static boolean matches(PrivateKey key, PublicKey publicKey)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      if (algorithm.equals("RSASSA-PSS")) {
        signature.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      }
      byte[] message = {1};
      signature.initSign(key);
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(message);
      return signature.verify(signed);
    } catch (InvalidKeyException e) {
      return false;
    }
  }

  SSLContext context() {
    return context;
  }

  /** Returns a text for each certificate that is not valid now. */
  List<String> warnings() {
    return warnings;
  }
}
