package io.github.idc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.idc4j.client.error.CanceledException;
import io.github.idc4j.client.error.IdcTimeoutException;
import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.http.Sleeper;
import io.github.idc4j.client.paging.Walk;
import io.github.idc4j.model.ManifestRow;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests deadlines, interrupts and closing, with the system clock.
 *
 * <p>{@code -Didc4j.trials=1000} sets the number of trials; the default is 10. {@code
 * -Didc4j.slack=50} sets how late the client may stop, in milliseconds; the default of 1000 is long
 * enough for a busy host.
 */
@Timeout(600)
@Tag("slow")
class StopTest {

  private static final int TRIALS = Integer.getInteger("idc4j.trials", 10);
  private static final long SLACK_MILLIS = Long.getLong("idc4j.slack", 1000);
  private static final int WARM_UPS = 10;
  private static final long WARM_UP_MILLIS = 5000;
  private static final Pattern COHORT = Pattern.compile("(?:manifest/|next_page=)(\\d+)");
  private static final long SEED = Long.getLong("idc4j.seed", 20261123L);

  @StartStop private final MockWebServer server = PromptSockets.server();
  private final CountDownLatch asked = new CountDownLatch(1);

  /**
   * The number of requests that the server received, by cohort. Each trial has its own cohort, so
   * that late requests of earlier trials are not counted.
   */
  private final Map<String, Integer> requests = new ConcurrentHashMap<>();

  private IdcClientBuilder builder() {
    return IdcClient.builder().baseUrl(server.url("/v1").toString());
  }

  /**
   * Makes the server respond in random ways that can exceed a time limit: not at all, slowly, with
   * 503, or with 202.
   */
  private void serve(Random random) {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            Matcher cohort = COHORT.matcher(request.getTarget());
            assertThat(cohort.find()).as(request.getTarget()).isTrue();
            requests.merge(cohort.group(1), 1, Integer::sum);
            asked.countDown();
            return switch (random.nextInt(4)) {
              case 0 ->
                  new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
              case 1 ->
                  new MockResponse.Builder()
                      .body("{\"more\":[" + "1,".repeat(1000))
                      .throttleBody(1, 20, TimeUnit.MILLISECONDS)
                      .build();
              case 2 -> new MockResponse.Builder().code(503).build();
              default ->
                  new MockResponse.Builder()
                      .code(202)
                      .body("{\"code\":202,\"next_page\":\"%s\"}".formatted(cohort.group(1)))
                      .build();
            };
          }
        });
  }

  private static Walk<ManifestRow> walk(IdcClient client) {
    return walk(client, 1);
  }

  private static Walk<ManifestRow> walk(IdcClient client, long cohort) {
    return client.manifest(cohort, ManifestColumn.PATIENT_ID).iterator();
  }

  private int requests(long cohort) {
    return requests.getOrDefault(String.valueOf(cohort), 0);
  }

  @Test
  void endsWhenTheTimeIsOver() {
    Random random = new Random(SEED);
    serve(random);
    // The first trials are slow because they load classes. They have negative numbers and a longer
    // limit.
    for (int trial = -WARM_UPS; trial < TRIALS; trial++) {
      Duration total = Duration.ofMillis(100 + random.nextInt(400));
      try (IdcClient client =
          builder()
              .totalTimeout(total)
              .retryPolicy(RetryPolicy.builder().maxRetries(1000).build())
              .build()) {
        long begun = System.nanoTime();
        assertThatThrownBy(() -> walk(client).hasNext())
            .as("seed %d, trial %d", SEED, trial)
            .isInstanceOf(IdcTimeoutException.class);
        long slack = trial < 0 ? WARM_UP_MILLIS : Math.max(SLACK_MILLIS, total.toMillis() / 20);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
            .as("seed %d, trial %d", SEED, trial)
            .isLessThan(total.plusMillis(slack));
      }
    }
  }

  @Test
  void endsAWalkWhenItsTimeIsOver() {
    serve(new Random(SEED));
    try (IdcClient client = builder().walkTimeout(Duration.ofMillis(200)).build()) {
      assertThatThrownBy(() -> walk(client).hasNext()).isInstanceOf(IdcTimeoutException.class);
    }
  }

  private enum Way {
    INTERRUPT,
    CLOSE_CLIENT,
    CLOSE_WALK
  }

  @Test
  void sendsNothingAfterItWasStopped()
      throws ExecutionException, InterruptedException, TimeoutException {
    Random random = new Random(SEED);
    serve(random);
    long cohort = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      for (Way way : Way.values()) {
        stopOnce(way, random.nextInt(300), trial, cohort++);
      }
    }
  }

  @SuppressWarnings("try")
  private void stopOnce(Way way, int millis, int trial, long cohort)
      throws ExecutionException, InterruptedException, TimeoutException {
    AtomicBoolean waiting = new AtomicBoolean();
    AtomicInteger beforeWait = new AtomicInteger();
    Sleeper sleeper =
        time -> {
          // The server has received all requests, because the client waits only after it has
          // received a response.
          beforeWait.set(requests(cohort));
          waiting.set(true);
          return new CompletableFuture<>()
              .completeOnTimeout(true, time.toNanos(), TimeUnit.NANOSECONDS)
              .thenRun(() -> waiting.set(false));
        };
    try (IdcClient client =
        builder()
            .retryPolicy(RetryPolicy.builder().maxRetries(1000).build())
            .time(Clock.systemUTC(), sleeper)
            .build()) {
      Walk<ManifestRow> walk = walk(client, cohort);
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread walker =
          new Thread(
              () -> {
                try {
                  assertThat(walk.hasNext()).isTrue();
                  thrown.complete(null);
                } catch (CanceledException e) {
                  thrown.complete(e);
                }
                flag.complete(Thread.currentThread().isInterrupted());
              });
      walker.start();
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      walker.join(1 + millis);
      long begun = System.nanoTime();
      switch (way) {
        case INTERRUPT -> walker.interrupt();
        case CLOSE_CLIENT -> client.close();
        case CLOSE_WALK -> walk.close();
      }
      Throwable end = thrown.get(10, TimeUnit.SECONDS);
      Duration took = Duration.ofNanos(System.nanoTime() - begun);

      String what = "seed " + SEED + ", trial " + trial + ", " + way;
      assertThat(end).as(what).isInstanceOf(CanceledException.class);
      assertThat(took).as(what).isLessThan(Duration.ofMillis(SLACK_MILLIS));
      assertThat(flag.get(10, TimeUnit.SECONDS)).as(what).isEqualTo(way == Way.INTERRUPT);
      walker.join();
      if (way == Way.CLOSE_CLIENT) {
        assertThatThrownBy(client::versions).as(what).isInstanceOf(CanceledException.class);
      }
      // If the client was stopped during a request, this request may still arrive. During a wait,
      // there is no request.
      assertThat(requests(cohort))
          .as(what)
          .isBetween(beforeWait.get(), beforeWait.get() + (waiting.get() ? 0 : 1));
    }
  }
}
