package io.github.idc4j.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a stopping service ends its requests. */
@Timeout(120)
@Tag("slow")
class ServeStopTest {

  private static final String BODY = "{\"name\":\"n\",\"description\":\"\",\"filters\":{}}";

  @TempDir Path home;

  private Process start(String stopWait) throws IOException {
    return JavaProgram.start(
        Map.of("IDC4J_HOME", home.toString(), "IDC4J_SERVE_STOP_WAIT", stopWait),
        Main.class.getName(),
        "serve",
        "--port",
        "0",
        "--small-sample");
  }

  private static Socket send(URI service, String text) throws IOException {
    Socket socket = new Socket();
    // A small buffer, so that the service cannot send a large response without a reader.
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(service.getHost(), service.getPort()));
    write(socket, text.replace("\n", "\r\n"));
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  /** Waits until the service accepts no further connections. */
  private static void awaitStop(URI service) throws IOException, InterruptedException {
    while (true) {
      try (Socket socket = new Socket(service.getHost(), service.getPort())) {
        assertThat(socket.isConnected()).isTrue();
        Thread.sleep(50);
      } catch (ConnectException e) {
        return;
      }
    }
  }

  @Test
  void runningRequestsEndAndNewOnesAreRefused() throws IOException, InterruptedException {
    Process serve = start("60s");
    try (BufferedReader output = serve.inputReader()) {
      URI service = URI.create(output.readLine());
      try (Socket reader =
              send(service, "GET /v1/dicomMetadata?page_size=8000 HTTP/1.1\nHost: localhost\n\n");
          Socket writer =
              send(
                  service,
                  "POST /v1/cohorts/manifest/preview?Patient_ID=True HTTP/1.1\nHost: localhost\n"
                      + "Content-Type: application/json\nContent-Length: "
                      + BODY.length()
                      + "\n\n{")) {
        assertThat(reader.getInputStream().readNBytes(1000)).hasSize(1000);
        serve.destroy();
        awaitStop(service);
        // Longer than Jetty keeps idle connections when it stops.
        writer.setSoTimeout(2000);
        assertThatExceptionOfType(SocketTimeoutException.class)
            .isThrownBy(() -> writer.getInputStream().read());
        writer.setSoTimeout(0);
        write(writer, BODY.substring(1));

        assertThat(new String(writer.getInputStream().readAllBytes(), US_ASCII))
            .startsWith("HTTP/1.1 200 ")
            .endsWith("}");
        assertThat(new String(reader.getInputStream().readAllBytes(), US_ASCII))
            .endsWith("\"totalFound\":8000}}\r\n0\r\n\r\n");
      }
      assertThat(serve.waitFor()).isEqualTo(143);
    } finally {
      serve.destroyForcibly();
    }
  }

  @Test
  void requestsThatDoNotEndAreCanceled() throws IOException, InterruptedException {
    Process serve = start("1s");
    try (BufferedReader output = serve.inputReader()) {
      URI service = URI.create(output.readLine());
      try (Socket reader =
          send(service, "GET /v1/dicomMetadata?page_size=8000 HTTP/1.1\nHost: localhost\n\n")) {
        assertThat(reader.getInputStream().readNBytes(1000)).hasSize(1000);
        long begin = System.nanoTime();
        serve.destroy();

        assertThat(serve.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
            .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(25));
        assertThat(serve.exitValue()).isEqualTo(143);
      }
    } finally {
      serve.destroyForcibly();
    }
  }
}
