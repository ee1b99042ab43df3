package io.github.idc4j.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.client.error.IdcException;
import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.testing.FakeTime;
import io.github.idc4j.model.QueryField;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests that a response with random damage leads to a result or to an exception of the client, and
 * never to another exception.
 *
 * <p>{@code -Didc4j.trials=1000} sets the number of damaged responses for each operation; the
 * default is 100. {@code -Didc4j.seed} sets the seed.
 */
@Timeout(600)
class DamagedResponseTest {

  private static final int TRIALS = Integer.getInteger("idc4j.trials", 100);
  private static final long SEED = Long.getLong("idc4j.seed", 20261128L);

  private static final List<String> PIECES =
      List.of(
          "null",
          "[]",
          "{}",
          "[{}]",
          "-1",
          "1e400",
          "1e99999999999",
          "\"\"",
          "true",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\\u0000",
          "\\ud800",
          "\u0000",
          "\ufeff",
          "\u00e4",
          " ",
          "\"next_page\":",
          "\"a\":",
          "9".repeat(400),
          "[".repeat(300),
          "{\"a\":".repeat(300));

  private static final String ROW =
      "{\"Patient_ID\":\"P\u00e4-1\",\"collection_id\":\"c\",\"GCS_URL\":\"gs://x/\\n\","
          + "\"PatientID\":null,\"x\":[1,{\"y\":2.5}]}";

  private static final String QUERY_ROW = "{\"PatientID\":\"P\u00e4-1\",\"Modality\":null}";

  private static final List<Map.Entry<String, Consumer<IdcClient>>> OPERATIONS =
      List.of(
          Map.entry(
              "{\"versions\":[{\"idc_data_version\":\"v\",\"active\":true}]}", IdcClient::versions),
          Map.entry(
              "{\"collections\":[{\"collection_id\":\"c\",\"subject_count\":7}]}",
              IdcClient::collections),
          Map.entry(
              "{\"data_sources\":[{\"data_source\":\"d\",\"attributes\":[{\"name\":\"n\"}]}]}",
              IdcClient::attributes),
          Map.entry(
              "{\"cohorts\":[{\"cohort_id\":1,\"name\":\"n\",\"permission\":\"OWNER\"}],\"code\":200}",
              IdcClient::cohorts),
          Map.entry(
              "{\"code\":200,\"cohort_properties\":{\"cohort_id\":1,\"name\":\"n\",\"filterSet\":{}}}",
              client -> client.createCohort(CohortDefinition.of("x"))),
          Map.entry(
              "{\"code\":200,\"manifest\":{\"json_manifest\":[%s,%s,%s],\"totalFound\":3},\"next_page\":\"\"}"
                  .formatted(ROW, ROW, ROW),
              client -> client.manifest(1, ManifestColumn.PATIENT_ID).limit(9).forEach(row -> {})),
          Map.entry(
              "{\"query_results\":{\"json\":[%s,%s],\"totalFound\":2},\"next_page\":null}"
                  .formatted(QUERY_ROW, QUERY_ROW),
              client -> client.query(1, QueryField.PATIENT_ID).limit(9).forEach(row -> {})),
          Map.entry(
              "{\"query_results\":{\"json\":[%s,%s,%s,%s],\"totalFound\":2}}"
                  .formatted(ROW, ROW, ROW, ROW),
              client -> client.dicomMetadata().prefetch(1).limit(9).forEach(row -> {})));

  private static byte[] damaged(String body, Random random) {
    StringBuilder text = new StringBuilder(body);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int from = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + random.nextInt(12));
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      switch (random.nextInt(4)) {
        case 0 -> text.replace(from, to, piece);
        case 1 -> text.insert(from, piece);
        case 2 -> text.delete(from, to);
        default -> replaceValue(text, piece, random);
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  /** Replaces the value after a colon, so that the document often remains valid JSON. */
  private static void replaceValue(StringBuilder text, String piece, Random random) {
    int colon = text.indexOf("\":", random.nextInt(text.length() + 1));
    if (colon >= 0) {
      int end = colon + 2;
      while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      text.replace(colon + 2, end, piece);
    }
  }

  @Test
  void givesAResultOrAnExceptionOfTheClient() {
    Random random = new Random(SEED);
    byte[][] body = new byte[1][];
    int[] status = new int[1];
    OkHttpClient http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain ->
                    new Response.Builder()
                        .request(chain.request())
                        .protocol(Protocol.HTTP_1_1)
                        .code(status[0])
                        .message("x")
                        .body(ResponseBody.create(new Buffer().write(body[0]), null, -1))
                        .build())
            .build();
    FakeTime time = new FakeTime();
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl("http://localhost:1/v1")
            .httpClient(http)
            .retryPolicy(RetryPolicy.none())
            .maxAttempts(5)
            .totalTimeout(Duration.ofDays(1))
            .time(time, time.sleeper())
            .build()) {
      OPERATIONS.forEach(
          entry -> {
            String valid = entry.getKey();
            Consumer<IdcClient> operation = entry.getValue();
            status[0] = 200;
            body[0] = valid.getBytes(StandardCharsets.UTF_8);
            operation.accept(client);
            for (int trial = 0; trial < TRIALS; trial++) {
              body[0] = damaged(valid, random);
              status[0] = List.of(200, 200, 200, 202, 400, 410, 404).get(random.nextInt(7));
              try {
                operation.accept(client);
              } catch (IdcException e) {
                assertThat(e.getMessage().length()).isLessThan(100_000);
              } catch (Throwable e) {
                throw new AssertionError(
                    "seed %d, trial %d, status %d: %s"
                        .formatted(
                            SEED, trial, status[0], new String(body[0], StandardCharsets.UTF_8)),
                    e);
              }
            }
          });
    }
  }
}
