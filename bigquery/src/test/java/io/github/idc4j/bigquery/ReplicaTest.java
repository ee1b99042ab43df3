package io.github.idc4j.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.TableId;
import io.github.idc4j.oracle.Walk;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.engine.BigQuerySettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Tests that services with the same key file and the same BigQuery can continue each other's walks.
 */
@Timeout(300)
class ReplicaTest {

  private static final String USER = "user@example.org";
  private static final String BUSY =
      "{\"error\":{\"code\":503,\"message\":\"busy\",\"errors\":"
          + "[{\"reason\":\"backendError\",\"message\":\"busy\"}]}}";
  private static final String GONE =
      "The result of this next_page token is gone; begin again with a first page.";

  @TempDir Path folder;

  private static Emulator emulator;

  private Path keyFile;

  @BeforeAll
  static void startEmulator() throws IOException, InterruptedException {
    emulator = Emulator.shared();
  }

  @BeforeEach
  void chooseKeyFile() {
    keyFile = folder.resolve("keys");
  }

  private static ReferenceServiceBuilder service() {
    return ReferenceService.builder().dataFolder(emulator.home()).sampleSize(Emulator.SAMPLE);
  }

  private ReferenceServiceBuilder replica() {
    return service().keyFile(keyFile).bigQuery(emulator.settings());
  }

  /** Fetches all pages that are left. */
  private static void finish(Walk walk, URI service) throws IOException, InterruptedException {
    while (!walk.isFinished()) {
      walk.next(service);
      assertThat(walk.status()).as(walk.message()).isEqualTo(200);
    }
  }

  private static List<JsonNode> expected(Map<String, List<Object>> filters)
      throws IOException, InterruptedException {
    try (ReferenceService duckDb = service().start()) {
      Walk walk = Walk.ofImages(filters, null, 1000).begin(duckDb.baseUrl());
      finish(walk, duckDb.baseUrl());
      assertThat(walk.rows()).isNotEmpty();
      return walk.rows();
    }
  }

  @Test
  void aWalkAlternatesReplicasAndSurvivesARestart() throws IOException, InterruptedException {
    ReferenceService one = replica().start();
    ReferenceService other = replica().start();
    try {
      Walk walk = Walk.ofImages(Map.of(), one.issueToken(USER), 250).begin(one.baseUrl());
      while (!walk.isFinished()) {
        if (walk.pages() == 15) {
          other.close();
          other = replica().start();
        }
        walk.next((walk.pages() % 2 == 0 ? one : other).baseUrl());
        assertThat(walk.status()).as(walk.message()).isEqualTo(200);
      }

      assertThat((long) walk.pages()).isEqualTo(Emulator.SAMPLE.instances() / 250);
      assertThat(walk.rows()).isEqualTo(expected(Map.of()));
    } finally {
      one.close();
      other.close();
    }
  }

  @Test
  void aWalkContinuesAfterTheReplicaThatBeganItStopped() throws IOException, InterruptedException {
    Map<String, List<Object>> filters = Map.of("collection_id", List.of("nlst"));
    Walk walk;
    try (ReferenceService one = replica().start()) {
      walk = Walk.ofImages(filters, null, 100).begin(one.baseUrl());
    }
    try (ReferenceService other = replica().start()) {
      finish(walk, other.baseUrl());
    }

    assertThat(walk.rows()).isEqualTo(expected(filters));
  }

  @Test
  void aQueryThatTimesOutAtOneReplicaIsFinishedAtTheOther()
      throws IOException, InterruptedException {
    Map<String, List<Object>> filters = Map.of("Modality", List.of("CT"));
    Set<String> before = jobs();
    try (ReferenceService impatient = replica().queryWait(Duration.ofMillis(1)).start();
        ReferenceService other = replica().start()) {
      Walk walk = Walk.ofImages(filters, null, 1000).begin(impatient.baseUrl());
      assertThat(walk.status()).isEqualTo(202);
      while (jobs().size() == before.size()) {
        Thread.onSpinWait();
      }

      finish(walk, other.baseUrl());

      assertThat(walk.rows()).isEqualTo(expected(filters));
    }
  }

  private static Set<String> jobs() {
    return StreamSupport.stream(emulator.bigQuery().listJobs().iterateAll().spliterator(), false)
        .map(Job::getJobId)
        .map(id -> id.getJob())
        .filter(name -> name.startsWith("idc4j_"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Test
  void aQueryThatStillRunsTimesOutAtTheOtherReplicaToo() throws IOException, InterruptedException {
    Map<String, List<Object>> filters = Map.of("Modality", List.of("MR"));
    AtomicBoolean running = new AtomicBoolean(true);
    try (Proxy proxy = new Proxy(emulator.endpoint());
        ReferenceService one = replica().start();
        ReferenceService other =
            replica()
                .queryWait(Duration.ofMillis(200))
                .bigQuery(settings(proxy.endpoint()))
                .start()) {
      Walk walk = Walk.ofImages(filters, null, 100).begin(one.baseUrl());
      proxy.inject(
          (request, emulated) ->
              request.matches("GET .*/jobs/idc4j_.*") && running.get()
                  ? new Proxy.Response(
                      200, emulated.get().body().replace("\"DONE\"", "\"RUNNING\""))
                  : emulated.get());

      assertThat(walk.next(other.baseUrl()).status()).isEqualTo(202);
      assertThat(walk.next(other.baseUrl()).status()).isEqualTo(202);
      running.set(false);
      while (walk.next(other.baseUrl()).status() == 202) {
        Thread.onSpinWait();
      }
      finish(walk, other.baseUrl());

      assertThat(walk.rows()).isEqualTo(expected(filters));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 503})
  void aWaitThatLosesBigQueryIsFollowedByOneThatFindsTheRows(int status)
      throws IOException, InterruptedException {
    Map<String, List<Object>> filters = Map.of("Modality", List.of("MR", "PT"));
    AtomicBoolean lost = new AtomicBoolean(true);
    try (Proxy proxy = new Proxy(emulator.endpoint());
        ReferenceService one =
            replica()
                .queryWait(Duration.ofMillis(200))
                .bigQuery(settings(proxy.endpoint()))
                .start()) {
      proxy.inject(
          (request, emulated) ->
              request.matches("GET .*/jobs/idc4j_.*") && lost.get()
                  ? new Proxy.Response(status, BUSY)
                  : emulated.get());
      Walk walk = Walk.ofImages(filters, null, 100).begin(one.baseUrl());
      while (walk.status() == 202) {
        walk.next(one.baseUrl());
      }
      assertThat(walk.status()).as(walk.message()).isEqualTo(500);

      lost.set(false);
      do {
        walk.next(one.baseUrl());
      } while (walk.status() == 202);
      finish(walk, one.baseUrl());

      assertThat(walk.rows()).isEqualTo(expected(filters));
    }
  }

  private static BigQuerySettings settings(URI endpoint) {
    return Emulator.settings("sample", Emulator.SCRATCH, endpoint);
  }

  @Test
  void aTokenWhoseQueryIsUnknownIsRefused() throws IOException, InterruptedException {
    try (ReferenceService duckDb = service().keyFile(keyFile).start();
        ReferenceService replica = replica().start()) {
      Walk walk = Walk.ofImages(Map.of(), null, 10).begin(duckDb.baseUrl()).next(replica.baseUrl());

      assertThat(walk.status()).isEqualTo(400);
      assertThat(walk.message()).isEqualTo(GONE);
    }
  }

  @Test
  void aTokenWhoseTableIsGoneIsRefused() throws IOException, InterruptedException {
    Set<String> before = jobs();
    try (ReferenceService one = replica().start();
        ReferenceService other = replica().start()) {
      Walk walk = Walk.ofImages(Map.of("Modality", List.of("SEG")), null, 10).begin(one.baseUrl());
      for (String job : jobs()) {
        if (!before.contains(job)) {
          emulator.bigQuery().delete(TableId.of(Emulator.SCRATCH, job));
        }
      }

      for (ReferenceService replica : List.of(one, other)) {
        walk.next(replica.baseUrl());
        assertThat(walk.status()).isEqualTo(400);
        assertThat(walk.message()).isEqualTo(GONE);
      }
    }
  }

  @Test
  void aTokenOfAnotherKeyIsRefused() throws IOException, InterruptedException {
    try (ReferenceService one = replica().start();
        ReferenceService stranger = service().bigQuery(emulator.settings()).start()) {
      Walk walk = Walk.ofImages(Map.of(), null, 10).begin(one.baseUrl()).next(stranger.baseUrl());

      assertThat(walk.status()).isEqualTo(400);
      assertThat(walk.message()).startsWith("Invalid next_page token ");
    }
  }

  @Test
  void equalQueriesShareAJob() throws IOException, InterruptedException {
    try (ReferenceService one = replica().start()) {
      Set<String> before = jobs();
      List<JsonNode> rows =
          Walk.ofImages(Map.of("Modality", List.of("PT")), null, 10).begin(one.baseUrl()).rows();

      assertThat(
              Walk.ofImages(Map.of("Modality", List.of("PT")), null, 10)
                  .begin(one.baseUrl())
                  .rows())
          .isEqualTo(rows);
      assertThat(jobs()).hasSize(before.size() + 1);
    }
  }
}
