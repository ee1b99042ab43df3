package io.github.idc4j.client;

import static io.github.idc4j.client.ManifestColumn.PATIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.api.MetadataApi;
import io.github.idc4j.client.http.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that a client that is never closed does not keep the JVM running. */
@Timeout(120)
class UnclosedClientTest {

  /** A program that uses a client in every way and does not close the client. */
  static final class Forgetful {

    private Forgetful() {}

    public static void main(String[] arguments) {
      IdcClient client =
          IdcClient.builder()
              .baseUrl(arguments[0])
              .retryPolicy(RetryPolicy.builder().initialBackoff(Duration.ofSeconds(9)).build())
              .build();
      client.versions();
      var rows = client.manifest(1, PATIENT_ID);
      rows.prefetch(2).iterator().next();
      CompletableFuture<?> cohorts = client.async().cohorts();
      CompletableFuture<?> about = client.async().about();
      client.raw(MetadataApi.class, MetadataApi::listVersions);
      System.out.print(cohorts.isDone() || about.isDone() ? "unexpected end" : "end of main");
    }
  }

  @Test
  void letsTheJvmEnd() throws IOException, InterruptedException {
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              String path = request.getTarget();
              if (path.endsWith("/versions")) {
                return Responses.json("{\"versions\":[]}");
              }
              if (path.endsWith("/about")) {
                return Responses.of(503, "");
              }
              return path.contains("Patient_ID")
                  ? Responses.json(Responses.page(0, 1, "next"))
                  : Responses.hanging();
            }
          });
      server.start();

      String printed = ChildProcess.run(Forgetful.class, List.of(), server.url("/v1").toString());

      assertThat(printed).isEqualTo("end of main");
    }
  }
}
