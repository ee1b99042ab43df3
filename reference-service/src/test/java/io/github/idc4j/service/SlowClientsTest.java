package io.github.idc4j.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.http.RequestLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests that slow clients do not stop the service, and that their connections are closed. */
@Timeout(120)
@Tag("slow")
class SlowClientsTest {

  private static final Duration TIME = Duration.ofSeconds(5);

  /**
   * Longer than the second that {@code attack/run} allows, because other programs may slow down
   * this test.
   */
  private static final Duration RESPONSE_TIME = Duration.ofSeconds(2);

  @TempDir static Path home;

  private static ReferenceService service;

  private final List<Socket> clients = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    service =
        ReferenceService.builder()
            .dataFolder(home)
            .sampleSize(new SampleSize(Map.of("nlst", 20), 10_000))
            .limits(Limits.standard().withRequests(RequestLimits.standard().withClientTime(TIME)))
            .start();
    // The first responses take longer, because Java loads classes.
    Http.send("GET", service.baseUrl() + "/dicomMetadata", null, null, null);
    Http.send("GET", service.baseUrl() + "/about", null, null, null);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @AfterEach
  void disconnect() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
  }

  /** Connects clients that send something and then nothing. */
  private void connect(int count, String sent) throws IOException {
    for (int i = 0; i < count; i++) {
      Socket client = new Socket();
      // A small buffer, so that the service cannot send a large response without a reader.
      client.setReceiveBufferSize(4096);
      client.connect(
          new InetSocketAddress(service.baseUrl().getHost(), service.baseUrl().getPort()));
      client.getOutputStream().write(sent.getBytes(US_ASCII));
      clients.add(client);
    }
  }

  private static void requireResponsive() {
    for (int i = 0; i < 5; i++) {
      requireResponse("/v1/about");
      requireResponse("/health");
    }
  }

  private static void requireResponse(String path) {
    long begin = System.nanoTime();
    HttpResponse<String> response =
        Http.send("GET", service.baseUrl().resolve(path).toString(), null, null, null);
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(time).as(path).isLessThan(RESPONSE_TIME);
  }

  /** Requires that the service closes the connections without a response. */
  private void requireClosed() throws IOException {
    for (Socket client : clients) {
      client.setSoTimeout((int) TIME.multipliedBy(4).toMillis());
      try {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      } catch (SocketException e) {
        assertThat(e.getMessage().toLowerCase(Locale.ROOT)).contains("reset");
      }
    }
  }

  @Test
  void idleConnectionsAreClosed() throws IOException {
    connect(500, "");

    requireResponsive();
    requireClosed();
  }

  @Test
  void connectionsWithSlowHeadersAreClosedAlthoughBytesArrive()
      throws IOException, InterruptedException {
    connect(500, "GET /v1/about HTTP/1.1\r\nHost: localhost\r\nX-");

    requireResponsive();
    requireClosedAlthoughBytesArrive();
  }

  @Test
  void connectionsWithSlowBodiesAreClosedAlthoughBytesArrive()
      throws IOException, InterruptedException {
    connect(
        200,
        "POST /v1/cohorts HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{");

    requireResponsive();
    requireClosedAlthoughBytesArrive();
  }

  @Test
  void connectionsOfClientsThatDoNotReadAreClosed() throws IOException, InterruptedException {
    connect(200, "GET /v1/dicomMetadata?page_size=10000 HTTP/1.1\r\nHost: localhost\r\n\r\n");

    requireResponsive();
    requireClosedAlthoughBytesArrive();
  }

  /** Sends a byte from time to time, until the service has closed the connection. */
  private void requireClosedAlthoughBytesArrive() throws InterruptedException {
    long end = System.nanoTime() + TIME.multipliedBy(18).toNanos();
    List<Socket> open = new ArrayList<>(clients);
    while (!open.isEmpty()) {
      assertThat(System.nanoTime()).as("%s connections are open", open.size()).isLessThan(end);
      open.removeIf(client -> !sends(client));
      requireResponse("/v1/about");
      Thread.sleep(100);
    }
  }

  private static boolean sends(Socket client) {
    try {
      OutputStream out = client.getOutputStream();
      out.write(' ');
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
