package io.github.idc4j.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.auth.Caller;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadinessTest {

  private final AtomicBoolean works = new AtomicBoolean(true);
  private final Readiness readiness =
      new Readiness(
          () -> {
            if (!works.get()) {
              throw new SQLException("it is broken");
            }
          });

  private final Metrics metrics = new Metrics();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        new HttpServer(
            OperationResource.routes(new Monitoring(readiness, metrics)),
            token -> new Caller.Anonymous(),
            Optional.empty(),
            new ServerSettings(
                false,
                false,
                false,
                NetworkSettings.loopback(0),
                RequestLimits.standard(),
                new Monitoring(readiness, metrics),
                true,
                Set.of()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.url().resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aServiceIsNotReadyWhileItsDatabaseDoesNotWork() throws IOException, InterruptedException {
    assertThat(get("/ready").statusCode()).isEqualTo(200);

    works.set(false);
    assertThat(get("/ready").statusCode()).isEqualTo(503);
    assertThat(get("/ready").body()).contains("\"code\":503", "it is broken");
    assertThat(get("/health").statusCode()).isEqualTo(200);

    works.set(true);
    assertThat(get("/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void aServiceIsNotReadyOnceItStops() throws IOException, InterruptedException {
    readiness.stop();

    assertThat(get("/ready").statusCode()).isEqualTo(503);
    assertThat(get("/ready").body()).contains("stopping");
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }
}
