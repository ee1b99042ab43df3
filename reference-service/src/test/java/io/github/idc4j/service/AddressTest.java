package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the address on which a service listens. */
class AddressTest {

  @TempDir static Path home;

  private static ReferenceServiceBuilder builder(String address) throws IOException {
    return ReferenceService.builder()
        .dataFolder(home)
        .sampleSize(new SampleSize(Map.of("nlst", 3), 50))
        .address(InetAddress.getByName(address));
  }

  private static void assumeAddress(String address) {
    boolean exists;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      exists = socket.isBound();
    } catch (IOException e) {
      exists = false;
    }
    assumeTrue(exists, "This host does not have the address " + address);
  }

  private static int get(URI url) {
    return Http.send("GET", url.toString(), null, null, null).statusCode();
  }

  private static HttpResponse<String> token(ReferenceService service) {
    return Http.send(
        "POST",
        service.tokenUrl().toString(),
        "application/json",
        "{\"email\":\"a@example.org\"}",
        null);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.2,127.0.0.2", "::1,[::1]"})
  void anotherLoopbackAddressHasADevelopmentIssuer(String address, String host) throws IOException {
    assumeAddress(address);
    try (ReferenceService service = builder(address).start()) {
      assertThat(service.baseUrl().getHost()).isEqualTo(host);
      assertThat(get(service.baseUrl().resolve("/v1/about"))).isEqualTo(200);
      assertThat(token(service).statusCode()).isEqualTo(200);
      URI other = URI.create("http://127.0.0.1:" + service.baseUrl().getPort() + "/v1/about");
      assertThatThrownBy(() -> get(other)).isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void aServiceForOtherHostsHasNoDevelopmentIssuer() throws IOException {
    try (ReferenceService service = builder("0.0.0.0").start()) {
      assertThat(get(service.baseUrl().resolve("/v1/about"))).isEqualTo(200);
      assertThat(token(service).statusCode()).isEqualTo(404);
      assertThat(get(service.baseUrl().resolve("/dev/authorize"))).isEqualTo(404);
      URI other = URI.create("http://127.0.0.2:" + service.baseUrl().getPort() + "/v1/about");
      assumeAddress("127.0.0.2");
      assertThat(get(other)).as("a host that is not allowed").isEqualTo(421);
    }
    try (ReferenceService service = builder("0.0.0.0").allowedHosts("127.0.0.2").start()) {
      URI other = URI.create("http://127.0.0.2:" + service.baseUrl().getPort() + "/v1/about");
      assertThat(get(other)).isEqualTo(200);
    }
  }

  @Test
  void anAddressOfAnotherHostIsNamed() throws IOException {
    ReferenceServiceBuilder builder = builder("192.0.2.1").port(8123);

    assertThatThrownBy(builder::start)
        .isInstanceOf(BindException.class)
        .hasMessageContaining("cannot listen on port 8123 of 192.0.2.1: ");
  }
}
