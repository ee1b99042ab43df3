package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.client.Contract;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that {@code serve} prints the version of the contract, allows requests from browsers with
 * {@code --cors}, and generates data of the size in {@code --sample-instances}.
 */
@Tag("slow")
class ServeTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {"--cors, *", "--quirks, none"})
  void corsAllowsPagesOfAnyOrigin(String option, String allowed)
      throws IOException, InterruptedException {
    Process serve =
        JavaProgram.start(Map.of(), Main.class.getName(), "serve", "--port", "0", option);
    try (BufferedReader output = serve.inputReader()) {
      String baseUrl = output.readLine();
      assertThat(output.readLine())
          .isEqualTo("contract: version " + Contract.version() + ", SHA-256 " + Contract.sha256());
      assertThat(output.readLine()).startsWith("Data: synthetic. For real data, add --data");
      HttpResponse<Void> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(baseUrl + "/about"))
                      .header("Origin", "https://example.org")
                      .build(),
                  HttpResponse.BodyHandlers.discarding());

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
          .isEqualTo(Optional.ofNullable(allowed));
    } finally {
      serve.destroy();
    }
  }

  private static String firstLine(BufferedReader output, String prefix) {
    return output.lines().filter(line -> line.startsWith(prefix)).findFirst().orElseThrow();
  }

  @Test
  void metricsCanHaveAPortOfTheirOwnAndRequestsAreLogged()
      throws IOException, InterruptedException {
    Process serve =
        JavaProgram.start(
            Map.of(),
            Main.class.getName(),
            "serve",
            "--port",
            "0",
            "--retired",
            "--metrics-port",
            "0",
            "--log-requests");
    try (BufferedReader output = serve.inputReader()) {
      String baseUrl = output.readLine();
      String metrics = firstLine(output, "metrics: ").substring("metrics: ".length());
      assertThat(URI.create(metrics).getPort()).isNotEqualTo(URI.create(baseUrl).getPort());
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(metrics)).build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(response.body()).contains("# TYPE idc4j_rows_written_total counter\n");
      assertThat(firstLine(output, "{")).contains("\"operation\":\"GET /metrics\"");
    } finally {
      serve.destroy();
    }
  }

  @Test
  void sampleInstancesGeneratesDataOfThisSize(@TempDir Path home)
      throws IOException, InterruptedException {
    Process serve =
        JavaProgram.start(
            Map.of("IDC4J_HOME", home.toString()),
            Main.class.getName(),
            "serve",
            "--port",
            "0",
            "--sample-instances",
            "123456");
    try (BufferedReader output = serve.inputReader()) {
      List<String> lines = List.of(output.readLine(), output.readLine(), output.readLine());
      assertThat(lines.get(1))
          .contains("Generating 123,456 instances of sample data in " + home + ".");
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(lines.get(2) + "/dicomMetadata?page_size=1"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(response.body()).contains("\"totalFound\":123456");
    } finally {
      serve.destroy();
    }
  }
}
