package io.github.idc4j.client;

import static io.github.idc4j.client.ManifestColumn.PATIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.idc4j.client.error.CanceledException;
import io.github.idc4j.client.error.DecodingException;
import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.paging.Checkpoint;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.client.paging.Walk;
import io.github.idc4j.client.testing.FakeTime;
import io.github.idc4j.model.ManifestRow;
import io.github.idc4j.model.QueryField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a walk can continue after a failure without losing or repeating a row. */
@Timeout(60)
class WalkFailureTest {

  private static final int PAGES = 4;

  private final MockWebServer server = new MockWebServer();
  private final FakeTime time = new FakeTime();
  private IdcClient client;

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.start();
    client =
        IdcClient.builder()
            .baseUrl(server.url("/v1").toString())
            .retryPolicy(RetryPolicy.none())
            .time(time, time.sleeper())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  /** Returns a page of two rows. The page token is the number of the page. */
  private static MockResponse page(RecordedRequest request) {
    String token = request.getUrl().queryParameter("next_page");
    int number = token == null ? 0 : Integer.parseInt(token);
    return Responses.json(
        Responses.page(number * 2, 2, number == PAGES - 1 ? "" : String.valueOf(number + 1)));
  }

  private void servePages() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return page(request);
          }
        });
  }

  private static List<String> allRows() {
    return IntStream.range(0, PAGES * 2).mapToObj(String::valueOf).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void losesNoPageIfAListenerFails(int ahead) {
    servePages();
    for (Throwable failure : List.of(new IllegalStateException("x"), new IOException("x"))) {
      AtomicInteger calls = new AtomicInteger();
      Walk<ManifestRow> walk =
          client
              .manifest(1, PATIENT_ID)
              .prefetch(ahead)
              .onProgress(
                  progress -> {
                    if (calls.incrementAndGet() % 2 == 0) {
                      throw WalkFailureTest.<RuntimeException>unchecked(failure);
                    }
                  })
              .iterator();
      List<String> rows = new ArrayList<>();
      int failures = 0;
      while (true) {
        try {
          if (!walk.hasNext()) {
            break;
          }
          rows.add(walk.next().patientId());
          assertThat(walk.checkpoint().rows()).isEqualTo(rows.size());
        } catch (Exception e) {
          assertThat(e).hasStackTraceContaining(failure.toString());
          failures++;
        }
      }
      assertThat(rows).isEqualTo(allRows());
      assertThat(failures).isEqualTo(PAGES - 1);
    }
  }

  /**
   * Throws an exception as if it were unchecked. Kotlin code can throw checked exceptions without
   * declaring them.
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchecked(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void reportsAnInterruptedWalkAsIncomplete(int ahead)
      throws ExecutionException, InterruptedException, TimeoutException {
    CountDownLatch asked = new CountDownLatch(1);
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            if (request.getTarget().contains("next_page=1") && asked.getCount() > 0) {
              asked.countDown();
              return Responses.hanging();
            }
            return page(request);
          }
        });
    Paged<ManifestRow> all = client.manifest(1, PATIENT_ID).prefetch(ahead);
    Walk<ManifestRow> walk = all.iterator();
    List<String> rows = new ArrayList<>();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    CompletableFuture<Throwable> again = new CompletableFuture<>();
    Thread walker =
        new Thread(
            () -> {
              thrown.complete(
                  catchThrowable(() -> walk.forEachRemaining(row -> rows.add(row.patientId()))));
              Thread.interrupted();
              again.complete(
                  catchThrowable(() -> walk.forEachRemaining(row -> rows.add(row.patientId()))));
            });
    walker.start();
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
    while (rows.size() < 2) {
      Thread.onSpinWait();
    }
    walker.interrupt();

    assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(CanceledException.class);
    if (again.get(30, TimeUnit.SECONDS) instanceof CanceledException e) {
      Checkpoint checkpoint = Checkpoint.parse(e.checkpoint().orElseThrow());
      all.resumeFrom(checkpoint).forEach(row -> rows.add(row.patientId()));
    }
    assertThat(rows).isEqualTo(allRows());
  }

  @Test
  void rejectsElementsThatAreNull() {
    server.enqueue(Responses.json("{\"manifest\":{\"json_manifest\":[{},null]}}"));
    server.enqueue(Responses.json("{\"query_results\":{\"json\":[{},null]}}"));
    server.enqueue(Responses.json("{\"query_results\":{\"json\":[{},null]}}"));
    server.enqueue(Responses.json("{\"versions\":[null]}"));
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> client.manifest(1, PATIENT_ID).iterator().hasNext(),
            () -> client.query(1, QueryField.PATIENT_ID).iterator().hasNext(),
            () -> client.dicomMetadata().iterator().hasNext(),
            client::versions)) {
      assertThatExceptionOfType(DecodingException.class)
          .isThrownBy(call)
          .withMessageContaining("null element");
    }
  }

  @Test
  void failsAgainAtTheSamePage() {
    server.enqueue(Responses.json(Responses.page(0, 2, "1")));
    server.enqueue(Responses.error(400, "x"));
    server.enqueue(Responses.error(400, "x"));
    server.enqueue(Responses.json(Responses.page(2, 2, "")));
    Walk<ManifestRow> walk = client.manifest(1, PATIENT_ID).prefetch(2).iterator();
    walk.next();
    walk.next();
    assertThatThrownBy(walk::next).hasMessageContaining("400");
    assertThatThrownBy(walk::next).hasMessageContaining("400");
    assertThat(walk.next().patientId()).isEqualTo("2");
    assertThat(walk.next().patientId()).isEqualTo("3");
    assertThat(walk.hasNext()).isFalse();
  }
}
