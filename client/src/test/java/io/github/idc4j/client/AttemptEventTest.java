package io.github.idc4j.client;

import static io.github.idc4j.client.ManifestColumn.PATIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.error.RetiredException;
import io.github.idc4j.client.http.AttemptEvent;
import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.testing.FakeTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the events that a listener receives for attempts. */
@Timeout(60)
class AttemptEventTest {

  @StartStop private final MockWebServer server = PromptSockets.server();
  private final FakeTime time = new FakeTime();
  private final List<AttemptEvent> events = new CopyOnWriteArrayList<>();

  private IdcClientBuilder builder() {
    return IdcClient.builder()
        .baseUrl(server.url("/v1").toString())
        .onAttempt(events::add)
        .time(time, time.sleeper());
  }

  /** Returns each event as a string of the form "operation attempt status bytes reason failure". */
  private List<String> described() {
    return events.stream()
        .map(
            event ->
                "%s %d %d %d %s %s"
                    .formatted(
                        event.operation(),
                        event.attempt(),
                        event.status(),
                        event.responseBytes(),
                        event.retryReason().orElse("-"),
                        event.failure().orElse("-")))
        .toList();
  }

  @Test
  void reportsRetriesPollsAndPages() {
    String page = Responses.page(0, 1, "next");
    String last = Responses.page(1, 1, "");
    server.enqueue(Responses.of(503, "down"));
    server.enqueue(Responses.pending("t"));
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    server.enqueue(Responses.json(page));
    server.enqueue(Responses.of(429, ""));
    server.enqueue(Responses.json(last));
    try (IdcClient client = builder().build()) {
      assertThat(client.manifest(1, PATIENT_ID).stream()).hasSize(2);
    }
    int pending = "{\"code\":202,\"message\":\"[ERROR]\",\"next_page\":\"t\"}".length();
    assertThat(described())
        .containsExactly(
            "getManifest 1 503 4 - status 503",
            "getManifest 2 202 " + pending + " status 503 -",
            "getManifest 3 0 0 pending IOException",
            "getManifest 4 200 " + page.length() + " IOException -",
            "getManifest 1 429 0 - status 429",
            "getManifest 2 200 " + last.length() + " status 429 -");
    assertThat(events)
        .extracting(AttemptEvent::url)
        .allMatch(url -> url.contains("page_size=1000"));
    assertThat(events.get(4).url()).contains("next_page=***");
    assertThat(events).extracting(AttemptEvent::duration).containsOnly(Duration.ZERO);
    assertThat(events)
        .extracting(AttemptEvent::isPoll)
        .containsExactly(false, false, true, false, false, false);
    assertThat(events)
        .extracting(AttemptEvent::isRetry)
        .containsExactly(false, true, false, true, false, true);
  }

  @Test
  void reportsTheRenewalOfATokenAsANewAttempt() {
    server.enqueue(Responses.error(401, "x"));
    server.enqueue(Responses.json("{\"cohorts\":[]}"));
    AtomicInteger tokens = new AtomicInteger();
    try (IdcClient client =
        builder()
            .credentials(
                Credentials.of(() -> "token" + tokens.get() / 2 + tokens.getAndIncrement()))
            .build()) {
      assertThat(client.cohorts()).isEmpty();
    }
    assertThat(described())
        .containsExactly(
            "listCohorts 1 401 26 - status 401", "listCohorts 2 200 14 new ID token -");
  }

  @Test
  void reportsTheRetirementProbe() {
    server.enqueue(Responses.of(404, "<p>"));
    server.enqueue(Responses.error(410, "Gone"));
    try (IdcClient client = builder().build()) {
      assertThatExceptionOfType(RetiredException.class).isThrownBy(client::versions);
    }
    assertThat(described())
        .containsExactly("listVersions 1 404 3 - status 404", "getAbout 1 410 29 - status 410");
  }

  @Test
  void reportsFailuresWithoutAResult() {
    server.enqueue(Responses.json("[]"));
    server.enqueue(Responses.json("{\"versions\":[]}"));
    server.enqueue(Responses.hanging());
    try (IdcClient client =
        builder()
            .retryPolicy(RetryPolicy.none())
            .attemptTimeout(Duration.ofMillis(800))
            .maxResponseBytes(14)
            .build()) {
      for (int i = 0; i < 3; i++) {
        assertThat(catchThrowable(client::versions)).isNotNull();
      }
    }
    try (IdcClient client = builder().credentials(Credentials.of(() -> null)).build()) {
      assertThat(catchThrowable(client::versions)).isNotNull();
    }
    assertThat(described())
        .containsExactly(
            "listVersions 1 200 2 - invalid response",
            "listVersions 1 200 15 - response too large",
            "listVersions 1 0 0 - timeout",
            "listVersions 1 0 0 - no ID token");
  }

  @Test
  void reportsACohortThatWasNotSaved() {
    server.enqueue(Responses.json("{\"cohort_properties\":{\"code\":400,\"message\":\"No\"}}"));
    try (IdcClient client = builder().build()) {
      assertThat(catchThrowable(() -> client.createCohort(CohortDefinition.of("x")))).isNotNull();
    }
    assertThat(events).hasSize(1);
  }

  @Test
  void ignoresAListenerThatFails() {
    for (Throwable failure :
        List.of(new IllegalStateException("x"), new AssertionError("x"), new IOException("x"))) {
      server.enqueue(Responses.of(503, ""));
      server.enqueue(Responses.json("{\"versions\":[]}"));
      server.enqueue(Responses.json("{\"versions\":[]}"));
      try (IdcClient client =
          builder()
              .onAttempt(
                  event -> {
                    events.add(event);
                    throw AttemptEventTest.<RuntimeException>unchecked(failure);
                  })
              .build()) {
        assertThat(client.versions()).isEmpty();
        assertThat(client.async().versions().orTimeout(30, TimeUnit.SECONDS).join()).isEmpty();
      }
    }
    assertThat(events).hasSize(9);
  }

  /**
   * Throws an exception as if it were unchecked. Kotlin code can throw checked exceptions without
   * declaring them.
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchecked(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
