package io.github.idc4j.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.report.Reports;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.run.ConformanceRunBuilder;
import io.github.idc4j.conformance.run.Services;
import io.github.idc4j.service.ReferenceService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports never contain a token, wherever a service repeats it. */
@Tag("slow")
class SecretsTest {

  /** Has characters that JSON, URLs, XML and HTML escape. */
  private static final String SECRET = "planted/+&<>\"'=secret" + "x".repeat(60);

  @TempDir static Path home;

  @TempDir Path reports;

  private static ReferenceService service;

  /** A place in a response for the token. */
  record Place(String where, BiFunction<ProxiedResponse, String, ProxiedResponse> change) {
    @Override
    public String toString() {
      return where;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    service = Services.reference(home).start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Place header(String name, String before) {
    return new Place(
        "header " + name,
        (response, token) -> response.withHeader(name, before + token).withStatus(418));
  }

  private static Place body(String where, String type, BiFunction<String, String, String> text) {
    return new Place(
        where,
        (response, token) ->
            response
                .withBody(text.apply(response.text(), token))
                .withHeader("Content-Type", type)
                .withStatus(418));
  }

  private static Place member(String name) {
    return new Place(
        "member " + name,
        (response, token) -> response.edited(body -> body.put(name, token)).withStatus(418));
  }

  private static String json(String token) {
    return token.replace("\"", "\\\"");
  }

  static Stream<Place> places() {
    return Stream.of(
        header("Set-Cookie", "session="),
        header("Location", "https://example.org/?token="),
        header("WWW-Authenticate", "Bearer error_description="),
        header("X-Debug", ""),
        header("Warning", "199 - "),
        member("message"),
        member("next_page"),
        member("code"),
        member("documentation"),
        member("cohorts"),
        member("user_details"),
        member("zzz"),
        body("a text", "text/plain", (text, token) -> token),
        body("HTML", "text/html", (text, token) -> "<p>" + token + "</p>"),
        body("an attribute", "text/html", (text, token) -> "<a href='" + token + "'>x</a>"),
        body("a script", "text/html", (text, token) -> "<script>t = '" + token + "'</script>"),
        body("XML", "text/xml", (text, token) -> "<x>" + token + "</x>"),
        body("a key", "application/json", (text, token) -> "{\"" + json(token) + "\": 1}"),
        body("a list", "application/json", (text, token) -> "[[\"" + json(token) + "\"]]"),
        body(
            "an escaped slash",
            "application/json",
            (text, token) -> "{\"m\": \"" + json(token).replace("/", "\\/") + "\"}"),
        body(
            "a URL",
            "text/plain",
            (text, token) -> "/?t=" + URLEncoder.encode(token, StandardCharsets.UTF_8)),
        body("the end of an excerpt", "text/plain", (text, token) -> "z".repeat(280) + token),
        body("the end of a long one", "text/plain", (text, token) -> "z".repeat(3980) + token),
        body("twice without a space", "text/plain", (text, token) -> token + token),
        body("no JSON after all", "application/json", (text, token) -> "{\"m\": \"" + token));
  }

  @ParameterizedTest
  @MethodSource("places")
  void isInNoReport(Place place) throws IOException {
    AtomicInteger planted = new AtomicInteger();
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    try (Proxy proxy =
        new Proxy(
            service.baseUrl(),
            (request, reference) -> {
              ProxiedResponse response = reference.send(request);
              if (!request.authorization().contains("planted")) {
                return response;
              }
              planted.incrementAndGet();
              return place.change().apply(response, request.authorization().substring(7));
            })) {
      ConformanceRunBuilder run =
          Services.run(
                  proxy.baseUrl(),
                  Map.of(
                      Caller.FIRST, SECRET + "1",
                      Caller.SECOND, SECRET + "2",
                      Caller.EXPIRED, SECRET + "3",
                      Caller.STRANGER, SECRET + "4",
                      Caller.NAMELESS, SECRET + "5"))
              .select(Set.of(), Set.of("auth", "cohorts", "quirks"), Set.of(Level.values()))
              .reporter(Reports.folder(reports))
              .reporter(
                  Reports.console(new PrintStream(console, true, StandardCharsets.UTF_8), false));
      assertThat(run.build().run().exitCode()).isEqualTo(1);
    }
    assertThat(planted.get()).as("responses with a token").isGreaterThan(10);
    assertThat(console.toString(StandardCharsets.UTF_8)).contains("FAIL").doesNotContain("planted");
    for (String report :
        List.of(
            "index.html", "junit.xml", "report.json", "report.md", "report.sarif", "badge.svg")) {
      assertThat(Files.readString(reports.resolve(report))).doesNotContain("planted");
    }
  }

  @Test
  void thereAreTwentyFivePlaces() {
    assertThat(places()).hasSize(25);
  }
}
