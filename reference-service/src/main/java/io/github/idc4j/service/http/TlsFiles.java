package io.github.idc4j.service.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the files of a {@link TlsKey}. The messages of failures state what to do. */
final class TlsFiles {

  private static final Set<PosixFilePermission> ANYONE =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

  private TlsFiles() {}

  static Certificate[] certificates(Path file) throws TlsException {
    List<Certificate> certificates = new ArrayList<>();
    Matcher block = CERTIFICATE.matcher(text(file));
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      while (block.find()) {
        certificates.add(
            factory.generateCertificate(
                new ByteArrayInputStream(block.group().getBytes(StandardCharsets.ISO_8859_1))));
      }
    } catch (CertificateException e) {
      throw new TlsException(
          "The file "
              + file
              + " has an invalid certificate: "
              + e.getMessage()
              + ". Use the file of the certificate authority.",
          e);
    }
    if (certificates.isEmpty()) {
      throw new TlsException(
          "The file "
              + file
              + " has no certificate in PEM format (BEGIN CERTIFICATE). Convert it with: openssl"
              + " x509 -inform DER.",
          null);
    }
    return certificates.toArray(new Certificate[0]);
  }

  static PrivateKey privateKey(Path file, PublicKey publicKey) throws TlsException {
    Matcher block = KEY.matcher(text(file));
    if (!block.find()) {
      throw new TlsException(
          "The file "
              + file
              + " has no unencrypted private key in PKCS #8 format (BEGIN PRIVATE KEY). Convert the"
              + " key with: openssl pkcs8 -topk8 -nodes, or use a PKCS #12 key store.",
          null);
    }
    try {
      return KeyFactory.getInstance(publicKey.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(1))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new TlsException(
          "The private key in "
              + file
              + " is invalid, or does not match the certificate, whose key is of the type "
              + publicKey.getAlgorithm()
              + ". Use the key for which the certificate was issued.",
          e);
    }
  }

  static void requirePrivate(Path file) throws TlsException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    try {
      if (view != null && view.readAttributes().permissions().stream().anyMatch(ANYONE::contains)) {
        throw new TlsException(
            "All users of this host have permissions for " + file + ". Run: chmod o= " + file,
            null);
      }
    } catch (TlsException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static String text(Path file) throws TlsException {
    return new String(bytes(file), StandardCharsets.ISO_8859_1);
  }

  static byte[] bytes(Path file) throws TlsException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static TlsException unreadable(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new TlsException("The file " + file + " does not exist. Correct the path.", e);
    }
    return new TlsException(
        "This user cannot read the file "
            + file
            + (e instanceof AccessDeniedException ? "" : ": " + e.getMessage())
            + ". Check its permissions.",
        e);
  }
}
