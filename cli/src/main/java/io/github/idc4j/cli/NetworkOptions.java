package io.github.idc4j.cli;

import io.github.idc4j.conformance.run.NetworkSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options for the connection to a service, such as headers, certificates and the proxy. */
final class NetworkOptions {

  private static final String PASSWORD = "IDC4J_CLIENT_CERT_PASSWORD";

  @Option(
      names = "--header",
      paramLabel = "'NAME: VALUE'",
      split = "\\R",
      hideParamSyntax = true,
      description =
          "Header to send with every request; may be repeated. In a profile, separate headers with"
              + " \\n. NAME alone takes the value from an environment variable, such as"
              + " IDC4J_HEADER_X_API_KEY for X-Api-Key. Reports never contain the value.")
  private List<String> headers = List.of();

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      description =
          "PEM file with one or more certificates to trust in place of those that Java trusts.")
  private Path cacert;

  @Option(
      names = "--insecure",
      description =
          "Accept every certificate and host name. The reports say that they were not verified.")
  private boolean insecure;

  @Option(
      names = "--client-cert",
      paramLabel = "FILE",
      description =
          "Certificate and private key that identify the client: a PKCS #12 file, with its password"
              + " in the environment variable IDC4J_CLIENT_CERT_PASSWORD; or a PEM file with an"
              + " unencrypted key in PKCS #8 format.")
  private Path clientCertificate;

  @Option(
      names = "--proxy",
      paramLabel = "URL",
      description =
          "HTTP proxy for all requests, such as http://proxy.example.org:3128. Put a URL with"
              + " user:password@ into the environment variable IDC4J_PROXY instead. Without"
              + " either, http_proxy, https_proxy and no_proxy apply, also in upper case, but not"
              + " to loopback hosts.")
  private String proxy;

  @Option(
      names = "--allow-plain-http",
      description =
          "Send ID tokens over plain http to a host that is not loopback. Without this option, such"
              + " a base URL with an ID token is an error.")
  private boolean allowPlainHttp;

  /**
   * Returns the network settings from the options and the environment variables.
   *
   * @throws IllegalArgumentException if the value of an option is invalid; the message never
   *     contains a secret
   */
  NetworkSettings settings(Map<String, String> environment) {
    NetworkSettings.Builder settings =
        NetworkSettings.builder()
            .trustedCertificates(cacert)
            .insecure(insecure)
            .clientCertificate(clientCertificate, environment.get(PASSWORD))
            .allowPlainHttp(allowPlainHttp);
    if (proxy == null) {
      settings.proxiesFrom(environment);
    } else {
      settings.proxy(proxy);
    }
    headers.forEach(header -> add(settings, header, environment));
    return settings.build();
  }

  private static void add(
      NetworkSettings.Builder settings, String header, Map<String, String> environment) {
    int colon = header.indexOf(':');
    String name = (colon < 0 ? header : header.substring(0, colon)).strip();
    if (colon >= 0) {
      settings.header(name, header.substring(colon + 1));
      return;
    }
    String variable = NetworkSettings.headerVariable(name);
    String value = environment.get(variable);
    if (value == null) {
      throw new IllegalArgumentException(
          "--header must be 'NAME: VALUE', or NAME with the value in the environment variable "
              + variable
              + ", which is not set");
    }
    settings.header(name, value);
  }
}
