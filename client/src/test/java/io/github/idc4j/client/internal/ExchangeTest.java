package io.github.idc4j.client.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.idc4j.client.testing.FakeTime;
import java.io.IOException;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the thread that reads an answer throws reaches the one that waits for it. */
class ExchangeTest {

  @Test
  @Timeout(60)
  void tellsAnErrorOfTheReader() throws IOException {
    FakeTime time = new FakeTime();
    Duration minute = Duration.ofMinutes(1);
    Timing timing = new Timing(minute, minute, minute, 1, 0, time, time.sleeper());
    Exchange exchange = new Exchange("getAbout", Deadline.in(minute, time), timing);
    OkHttpClient http = Transport.http(minute);
    try (MockWebServer server = new MockWebServer()) {
      server.enqueue(new MockResponse.Builder().body("{}").build());
      server.start();
      Request request = new Request.Builder().url(server.url("/")).build();

      assertThatThrownBy(
              () ->
                  exchange.attempt(
                      http,
                      request,
                      response -> {
                        throw new OutOfMemoryError("a page too large");
                      }))
          .isInstanceOf(OutOfMemoryError.class);
    } finally {
      http.dispatcher().executorService().shutdown();
    }
  }
}
