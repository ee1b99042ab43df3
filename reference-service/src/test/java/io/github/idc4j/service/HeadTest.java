package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.data.SampleSize;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The response to {@code HEAD} is that to {@code GET}, without the body. */
@Timeout(120)
class HeadTest {

  private static final int CLIENTS = 8;
  private static final int REQUESTS = 1000;

  @TempDir static Path home;

  private static ReferenceService service;

  @BeforeAll
  static void start() throws IOException {
    service =
        ReferenceService.builder()
            .dataFolder(home)
            .sampleSize(new SampleSize(Map.of("nlst", 3), 50))
            .start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(service.baseUrl().resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/about",
        "/v1/dicomMetadata?page_size=3",
        "/v1/cohorts",
        "/v1/nothing",
        "/health",
        "/dev/jwks"
      })
  void theLengthIsThatOfTheBody(String path) throws IOException, InterruptedException {
    HttpResponse<String> get = send("GET", path);
    HttpResponse<String> head = send("HEAD", path);

    assertThat(head.statusCode()).isEqualTo(get.statusCode());
    assertThat(head.body()).isEmpty();
    for (String header : List.of("Content-Length", "Content-Type", "Transfer-Encoding")) {
      assertThat(head.headers().firstValue(header))
          .as(header)
          .isEqualTo(get.headers().firstValue(header));
    }
  }

  /** A body of {@code HEAD} has no meaning, but may be sent. */
  @Test
  void aConnectionIsKeptAfterRequestsWithBodies() throws ExecutionException, InterruptedException {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<Integer>> responses = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        long seed = i;
        responses.add(clients.submit(() -> sendManyWithBodies(seed)));
      }
      for (Future<Integer> response : responses) {
        assertThat(response.get()).isEqualTo(REQUESTS);
      }
    } finally {
      clients.shutdownNow();
    }
  }

  /** Returns the number of responses. */
  private static int sendManyWithBodies(long seed) throws IOException {
    int count = 0;
    Random random = new Random(seed);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.baseUrl().getPort());
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      socket.setTcpNoDelay(true);
      for (int i = 0; i < REQUESTS; i++) {
        write(
            socket,
            "HEAD /v1/cohorts?sql=1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n");
        // The service should begin to respond before, while and after the body arrives.
        LockSupport.parkNanos(random.nextInt(300_000));
        write(socket, "{}");
        String line = reader.readLine();
        while (line != null && !line.isEmpty()) {
          line = reader.readLine();
        }
        if (line == null) {
          return count;
        }
        count++;
      }
    }
    return count;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }
}
