package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.client.Contract;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that {@code serve} prints the version of the contract and, with {@code --cors}, allows
 * requests from browsers.
 */
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
}
