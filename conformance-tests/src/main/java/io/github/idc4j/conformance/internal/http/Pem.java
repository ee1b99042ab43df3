package io.github.idc4j.conformance.internal.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PEM file with certificates, and possibly a private key.
 *
 * @param file path of the file, for messages
 * @param text content of the file
 */
record Pem(Path file, String text) {

  private static final String BEGIN = "-----BEGIN ";

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);

  /**
   * Reads a file, which may have any content.
   *
   * @throws IllegalArgumentException if the file cannot be read
   */
  static Pem read(Path file) {
    return new Pem(file, new String(bytes(file), StandardCharsets.ISO_8859_1));
  }

  /**
   * Returns the content of a file.
   *
   * @throws IllegalArgumentException if the file cannot be read
   */
  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("The file " + file + " cannot be read: " + e, e);
    }
  }

  boolean isPem() {
    return text.contains(BEGIN);
  }

  /**
   * Returns the certificates, in the order of the file.
   *
   * @throws IllegalArgumentException if the file has no certificate or an invalid certificate
   */
  List<Certificate> certificates() {
    List<Certificate> certificates = new ArrayList<>();
    Matcher block = CERTIFICATE.matcher(text);
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      while (block.find()) {
        certificates.add(
            factory.generateCertificate(
                new ByteArrayInputStream(block.group().getBytes(StandardCharsets.ISO_8859_1))));
      }
    } catch (CertificateException e) {
      throw new IllegalArgumentException(
          "The file " + file + " has an invalid certificate: " + e.getMessage(), e);
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(
          "The file " + file + " has no certificate in PEM format (BEGIN CERTIFICATE)");
    }
    return certificates;
  }

  /**
   * Returns the private key.
   *
   * @param certificate certificate that belongs to the private key
   * @throws IllegalArgumentException if the file has no unencrypted key in PKCS #8 format; the
   *     message never contains a part of the key
   */
  PrivateKey privateKey(Certificate certificate) {
    Matcher block = KEY.matcher(text);
    if (!block.find()) {
      throw new IllegalArgumentException(
          "The file "
              + file
              + " has no unencrypted private key in PKCS #8 format (BEGIN PRIVATE KEY). Convert"
              + " the key with: openssl pkcs8 -topk8 -nodes, or use a PKCS #12 file.");
    }
    try {
      return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(1))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The private key in " + file + " is invalid, or not of the first certificate", e);
    }
  }

  /** Returns the path of the file, never the key. */
  @Override
  public String toString() {
    return file.toString();
  }
}
