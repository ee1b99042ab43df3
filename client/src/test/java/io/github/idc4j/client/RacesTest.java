package io.github.idc4j.client;

import static io.github.idc4j.client.ManifestColumn.PATIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.api.MetadataApi;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.error.CanceledException;
import io.github.idc4j.client.http.RawResponse;
import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.model.ManifestRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests what happens if a thread closes a client, cancels a request or rewrites the credentials
 * file while other threads use the client.
 *
 * <p>{@code -Didc4j.trials=1000} sets the number of trials; the default is 20. {@code -Didc4j.seed}
 * sets the seed.
 */
@Timeout(900)
class RacesTest {

  private static final int TRIALS = Integer.getInteger("idc4j.trials", 20);
  private static final long SEED = Long.getLong("idc4j.seed", 20261128L);
  private static final int MAX_DELAY_MICROS = 12_000;
  private static final int PAGES = 4;
  private static final List<String> ROWS =
      IntStream.range(0, PAGES * 2).mapToObj(String::valueOf).toList();

  private final MockWebServer server = new MockWebServer();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * The number of requests that the server received, by the value of the header {@code X-Trial}.
   */
  private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();

  private final Random random = new Random(SEED);
  private final AtomicInteger required = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return respond(request);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    server.close();
  }

  private MockResponse respond(RecordedRequest request) {
    requests
        .computeIfAbsent(
            String.valueOf(request.getHeaders().get("X-Trial")), trial -> new AtomicInteger())
        .incrementAndGet();
    int chance;
    synchronized (random) {
      chance = random.nextInt(10);
    }
    String authorization = request.getHeaders().get("Authorization");
    if (authorization != null
        && Integer.parseInt(authorization.substring("Bearer t".length())) < required.get()) {
      return Responses.error(401, "Expired");
    }
    if (chance == 0) {
      return Responses.of(503, "");
    }
    if (!request.getTarget().contains("manifest")) {
      return Responses.json("{\"versions\":[]}");
    }
    String token = request.getUrl().queryParameter("next_page");
    int number = token == null ? 0 : Integer.parseInt(token.replace("p", ""));
    if (chance == 1) {
      return Responses.pending("p" + number);
    }
    return Responses.json(
        Responses.page(number * 2, 2, number == PAGES - 1 ? "" : String.valueOf(number + 1)));
  }

  private IdcClientBuilder builder(String trial) {
    return IdcClient.builder()
        .baseUrl(server.url("/v1").toString())
        .header("X-Trial", trial)
        .retryPolicy(
            RetryPolicy.builder()
                .maxRetries(1000)
                .statuses(401, 503)
                .initialBackoff(Duration.ofMillis(1))
                .maxBackoff(Duration.ofMillis(2))
                .build());
  }

  /** A way to use a client. Each use either returns all rows or throws an exception. */
  private enum Use {
    CALL {
      @Override
      List<String> run(IdcClient client) {
        assertThat(client.versions()).isEmpty();
        return ROWS;
      }
    },
    WALK {
      @Override
      List<String> run(IdcClient client) {
        return patients(rows(client));
      }
    },
    PREFETCH {
      @Override
      List<String> run(IdcClient client) {
        return patients(rows(client).prefetch(2));
      }
    },
    FUTURE {
      @Override
      List<String> run(IdcClient client) {
        assertThat(joined(client.async().versions())).isEmpty();
        return ROWS;
      }
    },
    PAGE_FUTURE {
      @Override
      List<String> run(IdcClient client) {
        assertThat(joined(client.async().manifest(1, PATIENT_ID).firstPage()).rows()).hasSize(2);
        return ROWS;
      }
    },
    PUBLISHER {
      @Override
      List<String> run(IdcClient client) {
        return joined(published(rows(client).publisher()));
      }
    },
    RAW {
      @Override
      List<String> run(IdcClient client) {
        try (RawResponse response = client.raw(MetadataApi.class, MetadataApi::listVersions)) {
          String body = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
          assertThat(body).isIn("{\"versions\":[]}", "", "{\"code\":401,\"message\":\"Expired\"}");
          return ROWS;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };

    abstract List<String> run(IdcClient client);

    static Paged<ManifestRow> rows(IdcClient client) {
      return client.manifest(1, PATIENT_ID).pageSize(2);
    }
  }

  private static List<String> patients(Paged<ManifestRow> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(ManifestRow::patientId).toList();
  }

  private static <T> T joined(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  private static CompletableFuture<List<String>> published(Flow.Publisher<ManifestRow> publisher) {
    CompletableFuture<List<String>> end = new CompletableFuture<>();
    List<String> rows = new ArrayList<>();
    publisher.subscribe(
        new Flow.Subscriber<>() {
          private Flow.Subscription subscription;

          @Override
          public void onSubscribe(Flow.Subscription newSubscription) {
            subscription = newSubscription;
            subscription.request(1);
          }

          @Override
          public void onNext(ManifestRow row) {
            rows.add(row.patientId());
            subscription.request(1);
          }

          @Override
          public void onError(Throwable thrown) {
            end.completeExceptionally(thrown);
          }

          @Override
          public void onComplete() {
            end.complete(rows);
          }
        });
    return end;
  }

  @ParameterizedTest
  @EnumSource
  @SuppressWarnings("try")
  void closesAtAnyMoment(Use use) throws InterruptedException, TimeoutException {
    Random moments = new Random(SEED + use.name().length());
    Map<String, Integer> atClose = new LinkedHashMap<>();
    for (int trial = 0; trial < TRIALS; trial++) {
      String what = use + ", seed " + SEED + ", trial " + trial;
      try (IdcClient client = builder(what).build()) {
        CountDownLatch started = new CountDownLatch(1);
        Future<List<String>> result =
            threads.submit(
                () -> {
                  started.countDown();
                  return use.run(client);
                });
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(moments.nextInt(MAX_DELAY_MICROS)));
        client.close();
        // One request that the client sent before close() may not have reached the server yet.
        atClose.put(what, received(what) + 1);
        assertCompleteOrCanceled(what, result);
      }
    }
    atClose.forEach((what, most) -> assertThat(received(what)).as(what).isLessThanOrEqualTo(most));
  }

  private int received(String trial) {
    AtomicInteger count = requests.get(trial);
    return count == null ? 0 : count.get();
  }

  private static void assertCompleteOrCanceled(String what, Future<List<String>> result)
      throws InterruptedException, TimeoutException {
    try {
      assertThat(result.get(30, TimeUnit.SECONDS)).as(what).isEqualTo(ROWS);
    } catch (ExecutionException e) {
      // Reading the body of a raw response throws an IOException instead, because the body is an
      // InputStream.
      assertThat(e.getCause())
          .as(what)
          .isInstanceOfAny(CanceledException.class, UncheckedIOException.class);
    }
  }

  @Test
  void cancelsFuturesAtAnyMoment() {
    Random moments = new Random(SEED);
    for (int trial = 0; trial < TRIALS; trial++) {
      String what = "future, seed " + SEED + ", trial " + trial;
      try (IdcClient client = builder(what).build()) {
        CompletableFuture<?> future = client.async().versions();
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(moments.nextInt(MAX_DELAY_MICROS)));
        assertThat(future.cancel(true) || future.isDone()).as(what).isTrue();
        assertThat(client.async().versions().orTimeout(30, TimeUnit.SECONDS).join())
            .as(what)
            .isEmpty();
      }
    }
  }

  @Test
  void cancelsSubscriptionsAtAnyMoment() throws InterruptedException {
    Random moments = new Random(SEED);
    for (int trial = 0; trial < TRIALS; trial++) {
      String what = "subscription, seed " + SEED + ", trial " + trial;
      try (IdcClient client = builder(what).build()) {
        CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        AtomicInteger ends = new AtomicInteger();
        AtomicInteger running = new AtomicInteger();
        client
            .manifest(1, PATIENT_ID)
            .prefetch(trial % 3)
            .publisher()
            .subscribe(
                new Flow.Subscriber<>() {
                  @Override
                  public void onSubscribe(Flow.Subscription newSubscription) {
                    subscription.complete(newSubscription);
                    newSubscription.request(Long.MAX_VALUE);
                  }

                  @Override
                  public void onNext(ManifestRow row) {
                    assertThat(running.incrementAndGet()).isEqualTo(1);
                    running.decrementAndGet();
                  }

                  @Override
                  public void onError(Throwable thrown) {
                    // A canceled subscription must not fail. Adding 100 makes the test fail.
                    ends.addAndGet(100);
                  }

                  @Override
                  public void onComplete() {
                    ends.incrementAndGet();
                  }
                });
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(moments.nextInt(MAX_DELAY_MICROS)));
        subscription.join().cancel();
        assertThat(client.versions()).isEmpty();
        assertThat(ends.get()).as(what).isLessThanOrEqualTo(1);
      }
    }
  }

  private static String credentials(String token) {
    return "{\"token_expiry\":\"2100-01-01T00:00:00Z\",\"padding\":\""
        + "x".repeat(20_000)
        + "\",\"token_response\":{\"id_token\":\""
        + token
        + "\"}}";
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsACredentialsFileWhileItIsRewritten(boolean atomically, @TempDir Path folder)
      throws BrokenBarrierException,
          ExecutionException,
          IOException,
          InterruptedException,
          TimeoutException {
    Path file = folder.resolve("credentials");
    Path other = folder.resolve("other");
    Files.writeString(file, credentials("t0"));
    Random moments = new Random(SEED);
    for (int trial = 1; trial <= TRIALS; trial++) {
      String before = "t" + (trial - 1);
      String after = "t" + trial;
      int micros = moments.nextInt(2000);
      CyclicBarrier together = new CyclicBarrier(2);
      Future<?> writer =
          threads.submit(
              () -> {
                together.await(30, TimeUnit.SECONDS);
                String contents = credentials(after);
                if (atomically) {
                  Files.writeString(other, contents);
                  Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
                } else {
                  try (var out = Files.newOutputStream(file)) {
                    out.write(contents.substring(0, 100).getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
                    out.write(contents.substring(100).getBytes(StandardCharsets.UTF_8));
                  }
                }
                return null;
              });
      Credentials credentials = Credentials.file(file);
      together.await(30, TimeUnit.SECONDS);
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(moments.nextInt(1000)));

      assertThat(credentials.idToken()).as("seed %d, trial %d", SEED, trial).isIn(before, after);
      writer.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void servesManyThreads() throws ExecutionException, InterruptedException, TimeoutException {
    int callers = 64;
    int callsEach = Math.max(2, TRIALS / 10);
    AtomicInteger issued = new AtomicInteger();
    AtomicInteger calls = new AtomicInteger();
    Credentials credentials =
        Credentials.of(
            () -> {
              issued.set(required.get());
              return "t" + issued.get();
            });
    try (IdcClient client = builder("many").credentials(credentials).build()) {
      List<Future<?>> all = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        Random uses = new Random(SEED + caller);
        all.add(
            threads.submit(
                () -> {
                  for (int call = 0; call < callsEach; call++) {
                    Use use = Use.values()[uses.nextInt(Use.values().length)];
                    if (calls.incrementAndGet() % 40 == 0) {
                      required.incrementAndGet();
                    }
                    assertThat(use.run(client)).as(use + ", seed " + SEED).isEqualTo(ROWS);
                  }
                }));
      }
      for (Future<?> caller : all) {
        caller.get(120, TimeUnit.SECONDS);
      }
    }
    assertThat(required).hasPositiveValue();
  }
}
