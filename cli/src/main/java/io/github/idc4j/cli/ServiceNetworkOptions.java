package io.github.idc4j.cli;

import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.http.TlsException;
import io.github.idc4j.service.http.TlsKey;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options for the address, the TLS key and the proxies of the reference service. */
final class ServiceNetworkOptions {

  private static final String PASSWORD = "IDC4J_TLS_KEYSTORE_PASSWORD";

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description =
          "IP address to listen on, such as 0.0.0.0 for all IPv4 addresses. If other hosts can reach"
              + " the service, it has no development issuer. Default: 127.0.0.1.")
  private InetAddress address = InetAddress.getLoopbackAddress();

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description =
          "Use https, with the certificate in this PEM file, followed by those of its issuers.")
  private Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description =
          "PEM file with the private key of --tls-certificate, unencrypted and in PKCS #8 format.")
  private Path key;

  @Option(
      names = "--tls-keystore",
      paramLabel = "FILE",
      description =
          "Use https, with the key and the certificates in this PKCS #12 file. Its password is in the"
              + " environment variable "
              + PASSWORD
              + " or in --tls-keystore-password-file.")
  private Path keyStore;

  @Option(
      names = "--tls-keystore-password-file",
      paramLabel = "FILE",
      description = "File whose first line is the password of --tls-keystore.")
  private Path passwordFile;

  @Option(
      names = "--trust-proxy",
      paramLabel = "ADDRESS",
      split = ",",
      description =
          "Addresses and CIDR ranges of proxies, such as 10.0.0.0/8. Only from these, the service uses"
              + " the headers Forwarded and X-Forwarded-For, -Host, -Proto and -Port.")
  private List<String> proxies = List.of();

  @Option(
      names = "--stop-wait",
      paramLabel = "TIME",
      description =
          "Time in which running requests can end after the service begins to stop. Default: 10s.")
  private Duration stopWait;

  /**
   * Adds the options to a service.
   *
   * @throws UserException if options are missing or invalid, or if the TLS key cannot be used
   */
  void addTo(ReferenceServiceBuilder builder, Map<String, String> environment)
      throws UserException {
    builder.address(address);
    if (stopWait != null) {
      builder.stopWait(stopWait);
    }
    try {
      builder.trustedProxies(proxies.stream().distinct().toArray(String[]::new));
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, "--trust-proxy: " + e.getMessage());
    }
    if ((certificate == null) != (key == null)) {
      throw new UserException(
          Main.WRONG_USAGE, "--tls-certificate and --tls-key must be used together.");
    }
    if (keyStore != null && certificate != null) {
      throw new UserException(
          Main.WRONG_USAGE,
          "--tls-keystore cannot be combined with --tls-certificate. Choose one of them.");
    }
    if (passwordFile != null && keyStore == null) {
      throw new UserException(
          Main.WRONG_USAGE, "--tls-keystore-password-file needs --tls-keystore.");
    }
    try {
      if (certificate != null) {
        builder.tls(TlsKey.pem(certificate, key));
      } else if (keyStore != null) {
        builder.tls(TlsKey.keyStore(keyStore, password(environment)));
      }
    } catch (TlsException e) {
      throw new UserException(Main.OWN_FAULT, e.getMessage());
    }
  }

  private char[] password(Map<String, String> environment) throws TlsException, UserException {
    if (passwordFile != null) {
      return TlsKey.password(passwordFile);
    }
    String password = environment.get(PASSWORD);
    if (password == null) {
      throw new UserException(
          Main.WRONG_USAGE,
          "--tls-keystore needs the password of the file: set the environment variable "
              + PASSWORD
              + " or use --tls-keystore-password-file.");
    }
    return password.toCharArray();
  }

  /**
   * Returns what the user should know if other hosts can reach the service.
   *
   * @param needsSignIn whether users cannot sign in without the development issuer
   */
  List<String> notices(boolean needsSignIn) {
    List<String> notices = new ArrayList<>();
    if (!address.isLoopbackAddress()) {
      notices.add(
          certificate == null && keyStore == null
              ? "Other hosts can reach the service over plain HTTP, which does not protect ID tokens."
                  + " For https, use --tls-certificate and --tls-key."
              : "Other hosts can reach the service over https.");
      if (needsSignIn) {
        notices.add(
            "The development issuer is off, because other hosts can reach the service. To let users"
                + " sign in, use --issuer and --audience.");
      }
    }
    return notices;
  }
}
