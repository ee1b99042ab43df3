package io.github.idc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.idc4j.client.error.IdcException;
import io.github.idc4j.client.error.ServerErrorException;
import io.github.idc4j.client.paging.Checkpoint;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.client.paging.Walk;
import io.github.idc4j.client.testing.FakeTime;
import io.github.idc4j.model.ManifestRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/**
 * Tests walks over a service with random problems: 202, 429 and 5xx responses, lost connections,
 * truncated bodies and empty pages. Pages can be equal, and the last page can be full.
 *
 * <p>{@code -Didc4j.walks=10000} sets the number of walks; the default is 300. {@code
 * -Didc4j.pages=200} sets the number of pages in the test that makes each request of a walk fail
 * once; the default is 40. {@code -Didc4j.seed} sets the first seed.
 */
class RandomWalksTest {

  private static final int WALKS = Integer.getInteger("idc4j.walks", 300);
  private static final int PAGES = Integer.getInteger("idc4j.pages", 40);
  private static final long SEED = Long.getLong("idc4j.seed", 20261123L);

  @StartStop private final MockWebServer server = PromptSockets.server();
  private final FakeTime time = new FakeTime();
  private Unruly unruly;

  /**
   * A service with {@code rows} numbered rows. A page token begins with the number of the next row.
   */
  private static final class Unruly extends Dispatcher {
    private final Random random;
    private final int rows;
    private final int trouble;
    private int failAt = -1;
    private int requests;
    private int inARow;

    Unruly(long seed, int rows, int trouble) {
      this.random = new Random(seed);
      this.rows = rows;
      this.trouble = trouble;
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
      HttpUrl url = request.getUrl();
      int size = Integer.parseInt(url.queryParameter("page_size"));
      String token = url.queryParameter("next_page");
      int from = token == null ? 0 : Integer.parseInt(token.replaceAll("\\D.*", ""));
      int kind = requests++ == failAt ? 100 : inARow >= 4 ? 99 : random.nextInt(100);
      inARow++;
      if (kind == 100) {
        return new MockResponse.Builder().code(500).build();
      }
      if (kind >= trouble) {
        inARow = 0;
        return page(from, Math.min(size, rows - from));
      }
      return switch (kind % 7) {
        case 0, 1 -> accepted(from);
        case 2 -> lost().onRequestStart(new SocketEffect.CloseSocket()).build();
        case 3 -> lost().onResponseBody(new SocketEffect.CloseSocket()).build();
        case 4 -> new MockResponse.Builder().code(502 + random.nextInt(3)).build();
        case 5 -> new MockResponse.Builder().code(429).setHeader("Retry-After", "1").build();
        default -> empty(from);
      };
    }

    private MockResponse.Builder lost() {
      return new MockResponse.Builder().body("{\"more\":[" + "1,".repeat(5000));
    }

    private MockResponse accepted(int from) {
      String token = random.nextBoolean() ? from + "w" : from + "w" + random.nextInt(1000);
      return new MockResponse.Builder()
          .code(202)
          .body("{\"code\":202,\"next_page\":\"" + token + "\"}")
          .build();
    }

    /** Returns an empty page with a new page token. */
    private MockResponse empty(int from) {
      inARow = 0;
      return body("", 0, from + "e" + requests);
    }

    private MockResponse page(int from, int asked) {
      // Some pages have fewer rows than requested, as the contract allows.
      int length = asked > 1 && random.nextInt(4) == 0 ? 1 + random.nextInt(asked) : asked;
      StringBuilder json = new StringBuilder();
      for (int i = from; i < from + length; i++) {
        // Each value occurs in three rows, so even whole pages can be equal.
        json.append(i == from ? "" : ",").append("{\"Patient_ID\":\"" + i / 3 + "\"}");
      }
      int next = from + length;
      // The page with the last row may have a page token. The next page is then empty.
      boolean more = next < rows || (length > 0 && random.nextInt(8) == 0);
      return body(json.toString(), length, more ? Integer.toString(next) : "");
    }

    private MockResponse body(String json, int length, String next) {
      return new MockResponse.Builder()
          .body(
              "{\"code\":200,\"manifest\":{\"json_manifest\":["
                  + json
                  + "],\"rowsReturned\":"
                  + length
                  + ",\"totalFound\":"
                  + rows
                  + "},\"next_page\":\""
                  + next
                  + "\"}")
          .build();
    }
  }

  private Paged<ManifestRow> paged(IdcClient client) {
    return client.manifest(1, ManifestColumn.PATIENT_ID);
  }

  private IdcClient client(int pageSize) {
    return IdcClient.builder()
        .baseUrl(server.url("/v1").toString())
        .pageSize(pageSize)
        .attemptTimeout(Duration.ofSeconds(20))
        .totalTimeout(Duration.ofDays(1))
        .time(time, time.sleeper())
        .build();
  }

  private void serve(long seed, int rows, int trouble) {
    unruly = new Unruly(seed, rows, trouble);
    server.setDispatcher(unruly);
  }

  private static List<String> expected(int rows) {
    return IntStream.range(0, rows).mapToObj(i -> Integer.toString(i / 3)).toList();
  }

  @Test
  void losesAndRepeatsNoRow() throws ExecutionException, InterruptedException, TimeoutException {
    for (long seed = SEED; seed < SEED + WALKS; seed++) {
      Random random = new Random(seed);
      int pageSize = 1 + random.nextInt(12);
      int rows = random.nextInt(5) == 0 ? pageSize * random.nextInt(5) : random.nextInt(60);
      serve(seed, rows, random.nextInt(70));
      try (IdcClient client = client(pageSize)) {
        Paged<ManifestRow> paged = paged(client);
        int way = random.nextInt(4);
        List<String> seen =
            switch (way) {
              case 0 -> byIterator(paged);
              case 1 -> paged.stream().map(ManifestRow::patientId).toList();
              case 2 -> byIterator(paged.prefetch(1 + random.nextInt(3)));
              default -> byPublisher(paged, 1 + random.nextInt(20));
            };
        assertThat(seen).as("seed %d, way %d", seed, way).isEqualTo(expected(rows));
      }
    }
  }

  private static List<String> byIterator(Paged<ManifestRow> paged) {
    List<String> seen = new ArrayList<>();
    paged.forEach(row -> seen.add(row.patientId()));
    return seen;
  }

  private static List<String> byPublisher(Paged<ManifestRow> paged, int batch)
      throws ExecutionException, InterruptedException, TimeoutException {
    CompletableFuture<List<String>> done = new CompletableFuture<>();
    paged
        .publisher()
        .subscribe(
            new Flow.Subscriber<>() {
              private final List<String> seen = new ArrayList<>();
              private Flow.Subscription subscription;

              @Override
              public void onSubscribe(Flow.Subscription newSubscription) {
                subscription = newSubscription;
                subscription.request(batch);
              }

              @Override
              public void onNext(ManifestRow row) {
                seen.add(row.patientId());
                if (seen.size() % batch == 0) {
                  subscription.request(batch);
                }
              }

              @Override
              public void onError(Throwable thrown) {
                done.completeExceptionally(thrown);
              }

              @Override
              public void onComplete() {
                done.complete(seen);
              }
            });
    return done.get(60, TimeUnit.SECONDS);
  }

  @Test
  void goesOnExactlyWhereItWasKilled() {
    int rows = PAGES * 3;
    serve(SEED, rows, 0);
    int requests = requestsOfAWalk();

    for (int killed = 0; killed < requests; killed++) {
      serve(SEED, rows, 0);
      unruly.failAt = killed;
      List<String> seen = new ArrayList<>();
      Checkpoint[] kept = new Checkpoint[1];
      try (IdcClient client = client(3)) {
        Walk<ManifestRow> walk = paged(client).iterator();
        assertThatExceptionOfType(ServerErrorException.class)
            .isThrownBy(() -> walk.forEachRemaining(row -> seen.add(row.patientId())))
            .satisfies(e -> kept[0] = Checkpoint.parse(e.checkpoint().orElseThrow()));
      }
      int before = unruly.requests;
      try (IdcClient client = client(3)) {
        paged(client).resumeFrom(kept[0]).forEach(row -> seen.add(row.patientId()));
      }
      assertThat(seen).as("killed at request %d", killed).isEqualTo(expected(rows));
      assertThat(before - 1).isEqualTo(killed);
    }
  }

  private int requestsOfAWalk() {
    try (IdcClient client = client(3)) {
      assertThat(byIterator(paged(client))).hasSize(PAGES * 3);
    }
    return unruly.requests;
  }

  @Test
  void goesOnAfterEachRow() {
    int rows = 25;
    for (int stopped = 0; stopped <= rows; stopped++) {
      serve(SEED, rows, 30);
      try (IdcClient client = client(4)) {
        Walk<ManifestRow> walk = paged(client).iterator();
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < stopped; i++) {
          seen.add(walk.next().patientId());
        }
        Checkpoint checkpoint = walk.checkpoint();
        walk.close();
        assertThat(walk.hasNext()).isFalse();
        paged(client).resumeFrom(checkpoint).forEach(row -> seen.add(row.patientId()));
        assertThat(seen).as("stopped after %d", stopped).isEqualTo(expected(rows));
      }
    }
  }

  @Test
  void goesOnAfterAFailureWhenAskedAgain() {
    serve(SEED, 30, 0);
    unruly.failAt = 1;
    try (IdcClient client = client(4)) {
      Walk<ManifestRow> walk = paged(client).iterator();
      List<String> seen = new ArrayList<>();
      int failures = 0;
      while (true) {
        try {
          if (!walk.hasNext()) {
            break;
          }
          seen.add(walk.next().patientId());
        } catch (IdcException e) {
          failures++;
        }
      }
      assertThat(failures).isEqualTo(1);
      assertThat(seen).isEqualTo(expected(30));
    }
  }
}
