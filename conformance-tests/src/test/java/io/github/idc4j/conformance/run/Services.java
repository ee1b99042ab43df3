package io.github.idc4j.conformance.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Services for tests of the suite. */
public final class Services {

  static {
    // Otherwise each response waits for a delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private Services() {}

  /** Returns a small reference service with a base URL that returns 202 twice. */
  public static ReferenceServiceBuilder reference(Path dataFolder) {
    return ReferenceService.builder()
        .dataFolder(dataFolder)
        .slowAddress(2)
        .sampleSize(new SampleSize(Map.of("tcga_luad", 12, "tcga_kirc", 9, "nlst", 5), 4000));
  }

  /** Returns a silent run against base URLs of the service, with a token of each kind. */
  public static ConformanceRunBuilder run(ReferenceService service, URI baseUrl, URI slowBaseUrl)
      throws IOException {
    return run(baseUrl, tokens(service, "first@example.org")).acceptedBaseUrl(slowBaseUrl);
  }

  /** Returns a silent run with the tokens. */
  public static ConformanceRunBuilder run(URI baseUrl, Map<Caller, String> tokens) {
    ConformanceRunBuilder run = ConformanceRun.builder().baseUrl(baseUrl);
    tokens.forEach(run::token);
    return run;
  }

  /** Returns a token of each kind, of the service's development issuer. */
  public static Map<Caller, String> tokens(ReferenceService service, String first)
      throws IOException {
    return Map.of(
        Caller.FIRST, token(service, Map.of("email", first)),
        Caller.SECOND, token(service, Map.of("email", "second@example.org")),
        Caller.EXPIRED, token(service, Map.of("email", first, "expires_in", -60)),
        Caller.STRANGER, token(service, Map.of("email", "stranger@example.org", "register", false)),
        Caller.NAMELESS, token(service, Map.of("expires_in", 3600)));
  }

  private static String token(ReferenceService service, Map<String, ?> settings)
      throws IOException {
    HttpURLConnection issuer = (HttpURLConnection) service.tokenUrl().toURL().openConnection();
    issuer.setDoOutput(true);
    issuer.setRequestProperty("Content-Type", "application/json");
    JsonMapper.shared().writeValue(issuer.getOutputStream(), settings);
    try (InputStream response = issuer.getInputStream()) {
      return JsonMapper.shared().readTree(response).path("id_token").asString();
    }
  }

  /** Returns the descriptions of a user's cohorts. */
  public static List<String> cohorts(URI baseUrl, String token) throws IOException {
    try (InputStream response = cohortsOf(baseUrl, token).getInputStream()) {
      return JsonMapper.shared()
          .readTree(response)
          .path("cohorts")
          .valueStream()
          .map(cohort -> cohort.path("description").asString(""))
          .toList();
    }
  }

  /** Saves a cohort as a user. */
  static void save(URI baseUrl, String token, String description) throws IOException {
    HttpURLConnection cohorts = cohortsOf(baseUrl, token);
    cohorts.setDoOutput(true);
    cohorts.setRequestProperty("Content-Type", "application/json");
    String body =
        "{\"name\":\"idc4j test\",\"description\":\""
            + description
            + "\",\"filters\":{\"Modality\":[\"CT\"]}}";
    cohorts.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    cohorts.getInputStream().close();
  }

  private static HttpURLConnection cohortsOf(URI baseUrl, String token) throws IOException {
    HttpURLConnection cohorts =
        (HttpURLConnection) URI.create(baseUrl + "/cohorts").toURL().openConnection();
    cohorts.setRequestProperty("Authorization", "Bearer " + token);
    return cohorts;
  }

  /** Returns a server on a free port, without handlers. */
  public static HttpServer server() throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  /** Returns the base URL of a server. */
  public static URI baseUrl(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  /** Responds to a request. */
  public static void respond(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
