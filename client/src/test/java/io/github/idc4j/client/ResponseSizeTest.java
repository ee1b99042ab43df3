package io.github.idc4j.client;

import static io.github.idc4j.client.ManifestColumn.PATIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.idc4j.api.MetadataApi;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.error.BadRequestException;
import io.github.idc4j.client.error.CredentialsException;
import io.github.idc4j.client.error.ResponseTooLargeException;
import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.model.ManifestRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that a response that is too large fails with an exception that reports the size limit. Also
 * tests that the caller receives any other exception from a thread of the client.
 *
 * <p>With {@code -Didc4j.large=true}, the test decodes a page of 1,000,000 rows instead of 50,000.
 */
@Timeout(120)
class ResponseSizeTest {

  private static final int MANY_ROWS = Boolean.getBoolean("idc4j.large") ? 1_000_000 : 50_000;
  private static final long MEBIBYTE = 1 << 20;
  private static final String ROWS = "{\"manifest\":{\"json_manifest\":[";
  private static final String ENDLESS_STRING = "{\"x\":\"";

  @StartStop private final MockWebServer server = PromptSockets.server();

  private IdcClientBuilder builder() {
    return IdcClient.builder()
        .baseUrl(server.url("/v1").toString())
        .retryPolicy(RetryPolicy.none());
  }

  private static void walk(IdcClient client) {
    client.manifest(1, PATIENT_ID).forEach(row -> {});
  }

  static List<Arguments> responses() throws IOException {
    Buffer zipped = new Buffer();
    try (var sink = Okio.buffer(new GzipSink(zipped))) {
      sink.writeUtf8(ENDLESS_STRING).writeUtf8("a".repeat(8 << 20));
    }
    return List.of(
        Arguments.of("one string", Responses.endless(200, ENDLESS_STRING, "a")),
        Arguments.of("one escaped string", Responses.endless(200, ENDLESS_STRING, "\\n")),
        Arguments.of("one number", Responses.endless(200, "{\"x\":", "1")),
        Arguments.of("one name", Responses.endless(200, "{\"", "a")),
        Arguments.of("blanks", Responses.endless(200, "", " ")),
        Arguments.of("names", Responses.endless(200, "{", "\"a\":1,")),
        Arguments.of("rows", Responses.endless(200, ROWS, "{\"Patient_ID\":\"A\"},")),
        Arguments.of("empty rows", Responses.endless(200, ROWS, "{},")),
        Arguments.of("a pending query", Responses.endless(202, ENDLESS_STRING, "a")),
        Arguments.of(
            "a compressed string",
            new MockResponse.Builder().addHeader("Content-Encoding", "gzip").body(zipped).build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("responses")
  void rejectsALargerResponse(String what, MockResponse response) {
    server.enqueue(response);
    try (IdcClient client = builder().maxResponseBytes(MEBIBYTE).build()) {
      assertThatExceptionOfType(ResponseTooLargeException.class)
          .as(what)
          .isThrownBy(() -> walk(client))
          .satisfies(e -> assertThat(e.maxBytes()).isEqualTo(MEBIBYTE))
          .satisfies(e -> assertThat(e.checkpoint()).isPresent());
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void acceptsAResponseOfExactlyTheLimit() {
    String body = "{\"versions\":[]}";
    server.enqueue(Responses.json(body));
    server.enqueue(Responses.json(body));
    try (IdcClient client = builder().maxResponseBytes(body.length()).build()) {
      assertThat(client.versions()).isEmpty();
    }
    try (IdcClient client = builder().maxResponseBytes(body.length() - 1L).build()) {
      assertThatExceptionOfType(ResponseTooLargeException.class).isThrownBy(client::versions);
    }
  }

  @Test
  void reportsTheStatusOfAnEndlessError() {
    server.enqueue(Responses.endless(400, ENDLESS_STRING, "a"));
    try (IdcClient client = builder().maxResponseBytes(MEBIBYTE).build()) {
      assertThatExceptionOfType(BadRequestException.class).isThrownBy(client::versions);
    }
  }

  @Test
  void rejectsAnEndlessTokenResponse(@TempDir Path folder) throws IOException {
    server.enqueue(Responses.endless(200, ENDLESS_STRING, "a"));
    Path file = folder.resolve("credentials");
    Files.writeString(
        file,
        """
        {"client_id":"id","client_secret":"secret","refresh_token":"refresh","token_uri":"%s",
         "token_expiry":"2001-01-01T00:00:00Z","token_response":{"id_token":"opaque"}}
        """
            .formatted(server.url("/token")));
    try (IdcClient client = builder().credentials(Credentials.file(file)).build()) {
      assertThatExceptionOfType(CredentialsException.class)
          .isThrownBy(client::cohorts)
          .withMessageContaining("larger than 1048576 bytes");
    }
  }

  /**
   * A program that requests endless responses, with a small heap and the default limit for the
   * response size.
   */
  static final class SmallHeap {

    private SmallHeap() {}

    public static void main(String[] arguments) {
      try (IdcClient client =
          IdcClient.builder().baseUrl(arguments[0]).retryPolicy(RetryPolicy.none()).build()) {
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
          try {
            walk(client);
            System.out.println("complete");
          } catch (ResponseTooLargeException e) {
            boolean half = e.maxBytes() == Runtime.getRuntime().maxMemory() / 2;
            System.out.println(half ? "too large" : "another limit: " + e);
          } catch (Throwable e) {
            System.out.println(e);
          }
        }
      }
    }
  }

  @Test
  void neverRunsOutOfMemoryWithTheDefaultLimit() throws IOException, InterruptedException {
    List<MockResponse> responses =
        List.of(
            Responses.endless(200, ENDLESS_STRING, "a"),
            Responses.endless(200, ENDLESS_STRING + "\u0416", "a\\n"),
            Responses.endless(200, ROWS, "{\"Patient_ID\":\"A\"},"),
            Responses.endless(200, ROWS, "{},"),
            Responses.endless(200, "{\"next_page\":\"", "\\u0416"));
    responses.forEach(server::enqueue);

    String printed =
        ChildProcess.run(
            SmallHeap.class,
            List.of("-Xmx32m"),
            server.url("/v1").toString(),
            String.valueOf(responses.size()));

    assertThat(printed.lines()).hasSize(responses.size()).containsOnly("too large");
  }

  @Test
  void decodesAPageOfManyRows() {
    server.enqueue(Responses.json(Responses.page(0, MANY_ROWS, "")));
    try (IdcClient client = builder().build()) {
      Page<ManifestRow> page =
          client.manifest(1, PATIENT_ID).pageSize(MANY_ROWS).pages().iterator().next();

      assertThat(page.rows()).hasSize(MANY_ROWS);
      assertThat(page.rows().get(MANY_ROWS - 1).patientId())
          .isEqualTo(String.valueOf(MANY_ROWS - 1));
    }
  }

  private static final class Failing {

    private Failing() {}

    static int recursion(int depth) {
      return depth < 0 ? 0 : 1 + recursion(depth + 1);
    }
  }

  static List<Runnable> failures() {
    return List.of(
        () -> {
          throw new IllegalStateException("An interceptor failed");
        },
        () -> {
          throw new AssertionError("An interceptor failed");
        },
        () -> {
          throw new NoClassDefFoundError("An interceptor failed");
        },
        () -> {
          throw new OutOfMemoryError("An interceptor failed");
        },
        () -> Failing.recursion(0));
  }

  private static List<Consumer<IdcClient>> calls() {
    return List.of(
        IdcClient::versions,
        ResponseSizeTest::walk,
        client -> client.manifest(1, PATIENT_ID).prefetch(2).forEach(row -> {}),
        client -> joined(client.async().versions()),
        client -> joined(client.async().manifest(1, PATIENT_ID).firstPage()),
        client -> joined(published(client)),
        client -> client.raw(MetadataApi.class, MetadataApi::listVersions).close());
  }

  private static void joined(CompletableFuture<?> future) {
    try {
      future.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static CompletableFuture<Void> published(IdcClient client) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    client
        .manifest(1, PATIENT_ID)
        .publisher()
        .subscribe(
            new Flow.Subscriber<ManifestRow>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
              }

              @Override
              public void onNext(ManifestRow row) {
                // The test ignores the rows. It only needs the end of the walk.
              }

              @Override
              public void onError(Throwable thrown) {
                end.completeExceptionally(thrown);
              }

              @Override
              public void onComplete() {
                end.complete(null);
              }
            });
    return end;
  }

  @ParameterizedTest
  @MethodSource("failures")
  void passesWhatAnInterceptorThrowsToTheCaller(Runnable failure) {
    Throwable expected = catchThrowable(failure::run);
    OkHttpClient http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  failure.run();
                  return chain.proceed(chain.request());
                })
            .build();
    try (IdcClient client = builder().httpClient(http).build()) {
      for (Consumer<IdcClient> call : calls()) {
        assertThatThrownBy(() -> call.accept(client))
            .isExactlyInstanceOf(expected.getClass())
            .hasMessage(expected.getMessage());
      }
    }
  }
}
