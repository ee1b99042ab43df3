package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The recorded exchanges of the real service, sent to this one with its quirks on.
 *
 * <p>The data differ, so what is compared is the status, the media type, the shape of the body,
 * where a token is, and what an error says. A token in a request is replaced by the one that this
 * service gave at the same place. What differs is listed in {@code replay-differences.csv}.
 */
class ReplayTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Path RECORDED = Path.of("src/test/resources/recorded");
  private static final Pattern TOKEN = Pattern.compile("gAAAA[A-Za-z0-9_=%-]*");
  private static final int MAX_TRIES = 6;

  @TempDir static Path home;

  private static final Map<String, JsonNode> EXCHANGES = new TreeMap<>();
  private static final Map<String, String> GIVEN_BY = new HashMap<>();
  private static final Map<String, String> TOKENS = new HashMap<>();
  private static final Map<String, HttpResponse<String>> ANSWERS = new LinkedHashMap<>();
  private static final Map<String, String> BEARERS = new HashMap<>();
  private static ReferenceService service;
  private static ReferenceService retired;

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
            .sampleSize(
                new SampleSize(Map.of("tcga_luad", 9, "tcga_kirc", 8, "tcga_read", 3), 2500))
            .start();
    retired = ReferenceService.builder().retired(true).start();
    BEARERS.put("alice@example.org", service.issueToken("alice@example.org"));
    BEARERS.put("bob@example.org", service.issueToken("bob@example.org"));
    BEARERS.put("nobody@example.org", issue("email=nobody%40example.org&register=false"));
    BEARERS.put("(token without e-mail)", issue("register=false"));
    BEARERS.put("(unreadable)", "unreadable");
    // Some exchanges ask for a cohort that was saved before.
    send(
        service.baseUrl(),
        "POST",
        "/cohorts",
        "application/json",
        "{\"name\":\"mycohort\",\"description\":\"Example description\",\"filters\":{"
            + "\"collection_id\":[\"tcga_luad\",\"tcga_kirc\"],\"Modality\":[\"CT\",\"MR\"],\"race\":[\"WHITE\"]}}",
        BEARERS.get("alice@example.org"));
  }

  @AfterAll
  static void stop() {
    service.close();
    retired.close();
  }

  private static String issue(String form) {
    HttpResponse<String> answer =
        send(
            URI.create(service.baseUrl().toString().replace("/v1", "")),
            "POST",
            "/dev/token",
            "application/x-www-form-urlencoded",
            form,
            null);
    return JSON.readTree(answer.body()).get("id_token").asString();
  }

  @TestFactory
  Stream<DynamicTest> eachExchangeIsAnsweredAlike() throws IOException {
    Map<String, CSVRecord> differences = differences();
    return EXCHANGES.keySet().stream()
        // While a query runs, before it is done.
        .sorted(
            Comparator.comparing(
                name -> !name.contains("still-running") && !name.contains("t202-cross")))
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      List<String> found = compare(name);
                      if (differences.containsKey(name)) {
                        assertThat(found)
                            .as("differences; the table says that there are some")
                            .isNotEmpty();
                      } else {
                        assertThat(found).isEmpty();
                      }
                    }));
  }

  @Test
  void eachDifferenceIsOfARecordedExchangeAndHasAReason() throws IOException {
    assertThat(differences().values())
        .allSatisfy(
            row -> {
              assertThat(EXCHANGES).containsKey(row.get("exchange"));
              assertThat(row.get("reason")).isNotBlank();
            });
  }

  private static Map<String, CSVRecord> differences() throws IOException {
    Map<String, CSVRecord> differences = new TreeMap<>();
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (var reader =
        Files.newBufferedReader(Path.of("src/test/resources/replay-differences.csv"))) {
      format.parse(reader).forEach(row -> differences.put(row.get("exchange"), row));
    }
    return differences;
  }

  private static List<String> compare(String name) {
    JsonNode recorded = EXCHANGES.get(name).get("response");
    HttpResponse<String> seen = answer(name);
    List<String> found = new ArrayList<>();
    int status = recorded.get("status").asInt();
    if (seen.statusCode() != status) {
      found.add("status " + seen.statusCode() + " for " + status + ": " + seen.body());
      return found;
    }
    String type = recorded.path("content_type").asString("");
    String seenType = seen.headers().firstValue("Content-Type").orElse("");
    if (!seenType.equals(type)) {
      found.add("media type " + seenType + " for " + type);
    }
    Set<String> allow = methods(recorded.path("allow").asString(""));
    Set<String> seenAllow = methods(seen.headers().firstValue("Allow").orElse(""));
    if (!seenAllow.equals(allow)) {
      found.add("Allow " + seenAllow + " for " + allow);
    }
    JsonNode body = recorded.path("body");
    if (body.isObject()) {
      JsonNode seenBody = JSON.readTree(seen.body());
      compare("", body, seenBody, found);
      String message = neutral(body.path("message").asString(""));
      String seenMessage = neutral(seenBody.path("message").asString(""));
      if (status > 200 && !seenMessage.equals(message)) {
        found.add("message: " + seenMessage + " for " + message);
      }
    }
    return found;
  }

  private static Set<String> methods(String allow) {
    return new TreeSet<>(List.of(allow.split(", ")));
  }

  private static void compare(String place, JsonNode recorded, JsonNode seen, List<String> found) {
    if (recorded.isNull() || seen.isNull()) {
      boolean text = recorded.isString() || seen.isString();
      if (!text && recorded.isNull() != seen.isNull()) {
        found.add(place + ": " + seen + " for " + recorded);
      }
    } else if (recorded.getNodeType() != seen.getNodeType()) {
      found.add(place + ": " + seen.getNodeType() + " for " + recorded.getNodeType());
    } else if (recorded.isObject()) {
      Set<String> keys = new TreeSet<>(recorded.propertyNames());
      Set<String> seenKeys = new TreeSet<>(seen.propertyNames());
      if (!seenKeys.equals(keys)) {
        found.add(place + ": keys " + seenKeys + " for " + keys);
      } else {
        keys.forEach(key -> compare(place + "/" + key, recorded.get(key), seen.get(key), found));
      }
    } else if (recorded.isArray()) {
      if (!recorded.isEmpty() && !seen.isEmpty()) {
        compare(place + "/0", recorded.get(0), seen.get(0), found);
      }
    } else if (place.endsWith("/next_page") || place.endsWith("/sql")) {
      if (recorded.asString().isEmpty() != seen.asString().isEmpty()) {
        found.add(place + ": '" + seen.asString() + "' for '" + recorded.asString() + "'");
      }
    }
  }

  /** Replaces what differs from run to run: tokens and the numbers of jobs. */
  private static String neutral(String message) {
    return message
        .replaceAll("next_page token [A-Za-z0-9_=-]{100,}", "next_page token ...")
        .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "...");
  }

  /** Sends a recorded request, after those whose tokens it needs. */
  private static HttpResponse<String> answer(String name) {
    HttpResponse<String> known = ANSWERS.get(name);
    if (known != null) {
      return known;
    }
    JsonNode exchange = EXCHANGES.get(name);
    JsonNode request = exchange.get("request");
    boolean mayWait = name.startsWith("accepted-202/t202");
    URI baseUrl =
        name.startsWith("retired/")
            ? retired.baseUrl()
            : mayWait ? service.slowBaseUrl() : service.baseUrl();
    String target = withOwnTokens(request.get("target").asString());
    JsonNode body = request.path("body");
    HttpResponse<String> answer = null;
    for (int i = 0; i < MAX_TRIES; i++) {
      answer =
          send(
              URI.create(baseUrl.toString().replace("/v1", "")),
              request.get("method").asString(),
              target,
              request.path("content_type").asString(null),
              body.isMissingNode() || body.isNull()
                  ? null
                  : body.isString() ? body.asString() : JSON.writeValueAsString(body),
              Optional.ofNullable(exchange.path("as").asString(null))
                  .map(BEARERS::get)
                  .orElse(null));
      // Here a query is done after a number of waits, there it was done after some time.
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
                  // A shortened token stays one.
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
