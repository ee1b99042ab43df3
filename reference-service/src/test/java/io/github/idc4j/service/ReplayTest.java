package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends the recorded requests of the real service to the reference service with quirks, and
 * compares the responses.
 *
 * <p>The two services have different data. Therefore, the test compares the status code, the media
 * type, the shape of the body, the places of page tokens, and the error messages. If a request
 * contains a page token, the test replaces it with the page token that the reference service
 * returned at the same place. The table in {@code docs/deployed.md} lists the differences.
 */
class ReplayTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Path RECORDED = Path.of("src/test/resources/recorded");
  private static final Pattern TOKEN = Pattern.compile("gAAAA[A-Za-z0-9_=%-]*");
  private static final Path TABLE = Path.of("../docs/deployed.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z0-9-]+/[a-z0-9-]+)` \\| `(.*)` \\| (.*) \\|");
  private static final int MAX_TRIES = 6;
  private static final SampleSize SIZE =
      new SampleSize(Map.of("tcga_luad", 9, "tcga_kirc", 8, "tcga_read", 3), 2500);

  /**
   * A row of the table.
   *
   * @param difference the differences between the responses, as {@link Comparison} returns them
   */
  private record Difference(String difference, String reason) {}

  @TempDir static Path home;

  private static final Map<String, JsonNode> EXCHANGES = new TreeMap<>();
  private static final Map<String, String> GIVEN_BY = new HashMap<>();
  private static final Map<String, String> TOKENS = new HashMap<>();
  private static final Map<String, HttpResponse<String>> ANSWERS = new LinkedHashMap<>();
  private static final Map<String, String> BEARERS = new HashMap<>();
  private static ReferenceService service;
  private static ReferenceService retired;
  private static ReferenceService failing;

  @BeforeAll
  static void start() throws IOException {
    try (Stream<Path> files = Files.walk(RECORDED)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        String name = file.getParent().getFileName() + "/" + file.getFileName();
        EXCHANGES.put(name, JSON.readTree(Files.readString(file)));
      }
    }
    EXCHANGES.forEach(
        (name, exchange) -> {
          String token = token(exchange.at("/response/body"));
          if (!token.isEmpty()) {
            GIVEN_BY.put(token, name);
          }
        });
    service =
        ReferenceService.builder()
            .quirks(true)
            .slowAddress(3)
            .dataFolder(home)
            .keyFile(home.resolve("keys"))
            .sampleSize(SIZE)
            .start();
    // This service accepts the tokens of the other one, but does not have its results.
    failing =
        ReferenceService.builder()
            .quirks(true)
            .slowAddress(1)
            .dataFolder(home)
            .keyFile(home.resolve("keys"))
            .sampleSize(SIZE)
            .fault(Fault.FAIL_QUERIES)
            .start();
    retired = ReferenceService.builder().retired(true).start();
    BEARERS.put("alice@example.org", service.issueToken("alice@example.org"));
    BEARERS.put("bob@example.org", service.issueToken("bob@example.org"));
    BEARERS.put(
        "nobody@example.org", issue("{\"email\":\"nobody@example.org\",\"register\":false}"));
    BEARERS.put("(token without e-mail)", issue("{}"));
    BEARERS.put("(unreadable)", "unreadable");
    BEARERS.put(
        "stranger@example.org", issue("{\"email\":\"stranger@example.org\",\"register\":false}"));
    failing.issueToken("alice@example.org");
    send(EXCHANGES.get("cohorts/cohorts-create.json"), failing.baseUrl());
    // Some recorded requests use cohorts that were saved earlier.
    answer("cohorts/cohorts-list-empty.json");
    for (long id = 1; id <= 10; id++) {
      Optional<String> creator = creator(id);
      if (creator.isPresent()) {
        answer(creator.get());
      } else {
        // The request that saved this cohort is not among the recorded ones.
        send(
            service.baseUrl(),
            "POST",
            "/cohorts",
            "application/json",
            """
            {"name": "ls", "description": "Example description", "filters": {
              "collection_id": ["tcga_luad", "tcga_kirc"], "Modality": ["CT", "MR"],
              "race": ["WHITE"]}}""",
            BEARERS.get("alice@example.org"));
      }
    }
  }

  /** Returns the recorded request that saved a cohort. */
  private static Optional<String> creator(long id) {
    return EXCHANGES.entrySet().stream()
        .filter(
            exchange ->
                exchange.getValue().at("/response/body/cohort_properties/cohort_id").asLong(0)
                    == id)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  @AfterAll
  static void stop() {
    service.close();
    retired.close();
    failing.close();
  }

  private static String issue(String settings) {
    HttpResponse<String> answer =
        Http.send("POST", service.tokenUrl().toString(), "application/json", settings, null);
    return JSON.readTree(answer.body()).get("id_token").asString();
  }

  @TestFactory
  Stream<DynamicTest> eachExchangeIsAnsweredAlike() throws IOException {
    Map<String, Difference> differences = differences();
    return EXCHANGES.keySet().stream()
        .sorted(Comparator.comparing(ReplayTest::phase))
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      Difference known = differences.get(name);
                      assertThat(
                              String.join(
                                  "; ",
                                  Comparison.differences(
                                      EXCHANGES.get(name).get("response"), answer(name))))
                          .as(name)
                          .isEqualTo(known == null ? "" : known.difference());
                    }));
  }

  /**
   * Requests that need a query that is still running come first, before the query finishes.
   * Requests that need deleted cohorts come last.
   */
  private static int phase(String name) {
    if (name.contains("still-running") || name.contains("t202-cross")) {
      return 0;
    }
    if (name.contains("cohorts-delete-one")) {
      return 2;
    }
    return name.contains("deleted") || name.contains("after-deletes") ? 3 : 1;
  }

  @Test
  void eachDifferenceIsOfARecordedExchangeAndHasAReason() throws IOException {
    assertThat(EXCHANGES).hasSize(386).containsKeys(differences().keySet().toArray(String[]::new));
    assertThat(differences().values())
        .hasSizeLessThanOrEqualTo(40)
        .allSatisfy(
            row -> {
              assertThat(row.difference()).isNotBlank();
              assertThat(row.reason()).isNotBlank();
            });
    assertThat(Files.readString(TABLE))
        .contains("except for these " + differences().size() + ", which");
  }

  /** Reads the rows of the table in the guide, by exchange. */
  private static Map<String, Difference> differences() throws IOException {
    Map<String, Difference> differences = new TreeMap<>();
    for (String line : Files.readAllLines(TABLE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        assertThat(
                differences.put(row.group(1) + ".json", new Difference(row.group(2), row.group(3))))
            .as(line)
            .isNull();
      }
    }
    return differences;
  }

  /**
   * Sends a recorded request and returns the response. If the request contains a page token, first
   * sends the request that returns this page token.
   */
  private static HttpResponse<String> answer(String name) {
    HttpResponse<String> known = ANSWERS.get(name);
    if (known != null) {
      return known;
    }
    JsonNode exchange = EXCHANGES.get(name);
    if (name.contains("after-deletes")) {
      // The request that deleted this cohort is not among the recorded ones.
      send(service.baseUrl(), "DELETE", "/cohorts/4", null, null, BEARERS.get("alice@example.org"));
    }
    boolean mayWait = name.startsWith("accepted-202/t202");
    HttpResponse<String> answer = null;
    for (int i = 0; i < MAX_TRIES; i++) {
      answer = send(exchange, baseUrl(name));
      // A query in this service finishes after a fixed number of requests. In the real service, it
      // finished after some time.
      if (!mayWait
          || answer.statusCode() != 202
          || exchange.at("/response/status").asInt() == 202) {
        break;
      }
    }
    ANSWERS.put(name, answer);
    String token = token(exchange.at("/response/body"));
    if (!token.isEmpty() && answer.body().startsWith("{")) {
      TOKENS.put(token, token(JSON.readTree(answer.body())));
    }
    return answer;
  }

  private static URI baseUrl(String name) {
    if (name.startsWith("retired/")) {
      return retired.baseUrl();
    }
    if (name.startsWith("failed-queries/")) {
      return name.contains("err-late") ? failing.slowBaseUrl() : failing.baseUrl();
    }
    return name.startsWith("accepted-202/t202") ? service.slowBaseUrl() : service.baseUrl();
  }

  private static HttpResponse<String> send(JsonNode exchange, URI baseUrl) {
    JsonNode request = exchange.get("request");
    JsonNode body = request.path("body");
    return send(
        URI.create(baseUrl.toString().replace("/v1", "")),
        request.get("method").asString(),
        withOwnTokens(request.get("target").asString()),
        request.path("content_type").asString(null),
        body.isMissingNode() || body.isNull()
            ? null
            : body.isString() ? body.asString() : JSON.writeValueAsString(body),
        Optional.ofNullable(exchange.path("as").asString(null)).map(BEARERS::get).orElse(null));
  }

  private static String withOwnTokens(String target) {
    Matcher matcher = TOKEN.matcher(target);
    if (!matcher.find()) {
      return target;
    }
    String recorded = URLDecoder.decode(matcher.group(), StandardCharsets.UTF_8);
    String own =
        GIVEN_BY.keySet().stream()
            .filter(given -> given.startsWith(recorded))
            .findFirst()
            .map(
                given -> {
                  answer(GIVEN_BY.get(given));
                  String token = TOKENS.getOrDefault(given, recorded);
                  // If the recorded request contains only the beginning of a page token, so does
                  // the new request.
                  return given.equals(recorded) ? token : token.substring(0, token.length() / 2);
                })
            .orElse(recorded);
    return matcher.replaceFirst(
        Matcher.quoteReplacement(URLEncoder.encode(own, StandardCharsets.UTF_8)));
  }

  private static String token(JsonNode body) {
    return body.path("next_page").asString(body.path("query_info").path("next_page").asString(""));
  }

  private static HttpResponse<String> send(
      URI baseUrl, String method, String target, String contentType, String body, String bearer) {
    return Http.send(
        method,
        baseUrl + target.replace("<", "%3C").replace(">", "%3E"),
        contentType,
        body,
        bearer);
  }
}
