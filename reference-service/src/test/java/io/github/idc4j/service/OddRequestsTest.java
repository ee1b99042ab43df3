package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests requests that a careful client does not send. The service must respond with an error that
 * names the problem.
 */
class OddRequestsTest {

  private static final String MANIFEST = "/cohorts/manifest/preview?Patient_ID=True";
  private static final String QUERY = "/cohorts/query/preview";

  @TempDir static Path home;

  private static ReferenceService service;
  private static String bearer;

  @BeforeAll
  static void start() throws IOException {
    service =
        ReferenceService.builder()
            .dataFolder(home)
            .sampleSize(new SampleSize(Map.of("nlst", 3), 50))
            .start();
    bearer = service.issueToken("alice@example.org");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static JsonNode refused(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode body = JsonMapper.shared().readTree(answer.body());
    assertThat(body.get("code").asInt()).isEqualTo(status);
    assertThat(body.get("message").asString()).isNotBlank();
    return body;
  }

  private static HttpResponse<String> send(String method, String target, String body) {
    return Http.send(method, service.baseUrl() + target, "application/json", body, bearer);
  }

  /**
   * Returns requests that each contain one value of a wrong type. Each place in each request body
   * gets several wrong values.
   */
  private static Stream<Arguments> valuesOfWrongType() {
    Map<String, List<String>> places =
        Map.of(
            "POST " + MANIFEST,
            List.of(
                "%s",
                "{'name':%s,'description':'d','filters':{}}",
                "{'name':'n','description':'d','filters':%s}",
                "{'name':'n','description':'d','filters':{'Modality':%s}}",
                "{'name':'n','description':'d','filters':{'Modality':[%s]}}",
                "{'name':'n','description':'d','filters':{'age_at_diagnosis_lt':[%s]}}"),
            "POST " + QUERY,
            List.of(
                "%s",
                "{'cohort_def':%s,'queryFields':{'fields':['PatientID']}}",
                "{'cohort_def':{'name':%s,'filters':{}},'queryFields':{'fields':['PatientID']}}",
                "{'cohort_def':{'name':'n','filters':{}},'queryFields':%s}",
                "{'cohort_def':{'name':'n','filters':{}},'queryFields':{'fields':%s}}",
                "{'cohort_def':{'name':'n','filters':{}},'queryFields':{'fields':[%s]}}"),
            "POST /cohorts",
            List.of(
                "%s",
                "{'name':%s,'description':'d','filters':{'Modality':['CT']}}",
                "{'name':'n','description':'d','filters':{'Modality':%s}}"),
            "DELETE /cohorts",
            List.of("%s", "{'cohorts':%s}", "{'cohorts':[%s]}"));
    return places.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().stream()
                    .flatMap(
                        place ->
                            Stream.of("null", "true", "[null]", "[[]]", "{'a':{}}", "1e400")
                                .map(
                                    value ->
                                        Arguments.of(
                                            entry.getKey().split(" ")[0],
                                            entry.getKey().split(" ")[1],
                                            place.formatted(value).replace('\'', '"')))));
  }

  @ParameterizedTest
  @MethodSource("valuesOfWrongType")
  void aValueOfTheWrongTypeIsTheClientsMistake(String method, String target, String body) {
    refused(400, send(method, target, body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "nonsense", "{} {}", "[[[[", "{\"name\": NaN}", "\u0000"})
  void aBodyThatIsNotJsonIsTheClientsMistake(String body) {
    refused(400, send("POST", MANIFEST, body));
    refused(400, send("POST", QUERY, body));
    refused(400, send("POST", "/cohorts", body));
    refused(400, send("DELETE", "/cohorts", body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "40816945398227116032", "-1", "1.0", "١"})
  void anIdentifierOfMoreThan64BitsIsNotFound(String id) {
    String segment = URLEncoder.encode(id, StandardCharsets.UTF_8);
    assertThat(send("GET", "/cohorts/manifest/" + segment + "?Patient_ID=True", null).statusCode())
        .isEqualTo(404);
    assertThat(send("DELETE", "/cohorts/" + segment, null).statusCode()).isEqualTo(404);
  }

  @Test
  void aBodyOfTooManyLevelsIsTheClientsMistake() {
    refused(400, send("POST", MANIFEST, "[".repeat(100_000)));
  }

  @Test
  void aBodyThatIsTooLongIsRefusedWithTheLimitBeforeItIsSent() throws IOException {
    try (Socket client = new Socket(service.baseUrl().getHost(), service.baseUrl().getPort())) {
      client
          .getOutputStream()
          .write(
              """
              POST /v1/cohorts HTTP/1.1\r
              Host: 127.0.0.1\r
              Content-Type: application/json\r
              Content-Length: 10485761\r
              \r
              """
                  .getBytes(StandardCharsets.US_ASCII));
      client.shutdownOutput();
      String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

      assertThat(answer).startsWith("HTTP/1.1 413 ").contains("more than 10485760 bytes");
    }
  }

  /** Python's http.client is such a client. */
  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 41943040", "Transfer-Encoding: chunked"})
  void aClientThatReadsNothingBeforeItHasSentABodyThatIsTooLongReceivesTheResponse(String length)
      throws IOException {
    try (Socket client = new Socket(service.baseUrl().getHost(), service.baseUrl().getPort())) {
      OutputStream out = client.getOutputStream();
      out.write(
          ("POST /v1/cohorts HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                  + length
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      boolean chunked = length.contains("chunked");
      byte[] part = new byte[1 << 20];
      for (int i = 0; i < 40; i++) {
        if (chunked) {
          out.write("100000\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.write(part);
        if (chunked) {
          out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
      }
      if (chunked) {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      String response =
          new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

      assertThat(response).startsWith("HTTP/1.1 413 ").contains("more than 10485760 bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[9223372036854775808]",
        "[123456789012345678901234567890123456789012345678901234567890]",
        "[1e300]",
        "[-0.0]",
        "[50.00000000000000000000000000000000000000001]"
      })
  void aNumberMayHaveAnyLength(String numbers) {
    HttpResponse<String> answer =
        send(
            "POST",
            MANIFEST,
            "{\"name\":\"n\",\"description\":\"d\",\"filters\":{\"age_at_diagnosis\":"
                + numbers
                + "}}");

    assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"garbage", "%20", "%00", "AAAA", "%C3%A9", "..%2F..", "None", "", "==", "%25"})
  void aTokenThatIsNoneIsRefused(String token) {
    for (String family : List.of("/cohorts/manifest", "/cohorts/query", "/dicomMetadata")) {
      assertThat(
              refused(400, send("GET", family + "/nextPage?next_page=" + token, null))
                  .get("message")
                  .asString())
          .startsWith("Invalid next_page token ");
    }
  }

  @Test
  void aUserWithoutAnAccountIsToldToSignIn() {
    assertThat(
            refused(
                    401,
                    Http.send(
                        "GET", service.baseUrl() + "/users/account_details", null, null, null))
                .get("message")
                .asString())
        .contains("sign in");
  }
}
