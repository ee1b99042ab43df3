package io.github.idc4j.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid base URLs, and loopback hosts. */
class BaseUrlTest {

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080/v1, true",
    "http://127.1.2.3/v1, true",
    "http://LOCALHOST/v1, true",
    "http://[::1]:1/v1, true",
    "http://192.0.2.1/v1, false",
    "http://[2001:db8::1]/v1, false",
    "http://my_service:8080/v1, false",
    "http://127.0.0.1.no-such-host.invalid/v1, false"
  })
  void recognizesLoopbackHosts(URI url, boolean loopback) {
    assertThat(BaseUrl.isLoopback(url)).isEqualTo(loopback);
  }

  @Test
  void removesTrailingSlashes() {
    assertThat(BaseUrl.parse("X", " http://example.org/v1// "))
        .isEqualTo(URI.create("http://example.org/v1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://my_service:8080/v1",
        "ftp://example.org/v1",
        "example.org/v1",
        "http:///v1",
        "http://example.org/v1?x=1",
        "http://example.org/v1#x",
        "http://exa mple.org"
      })
  void refusesInvalidBaseUrls(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BaseUrl.parse("--base-url", text))
        .withMessageStartingWith("--base-url must ")
        .withMessageContaining("http://127.0.0.1:8080/v1")
        .withMessageEndingWith(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:secret@example.org/v1",
        "http://secret@127.0.0.1/v1",
        "http://user:secret@my_service/v1",
        "http:user:secret@example.org",
        "http://user:secret %@example.org/v1"
      })
  void refusesPasswordsWithoutRepeatingThem(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BaseUrl.parse("IDC4J_BASE_URL", text))
        .withMessageStartingWith("IDC4J_BASE_URL must not have a user or password")
        .satisfies(e -> assertThat(e.toString()).doesNotContain("secret"));
  }

  @Test
  void aRunRefusesInvalidBaseUrls() {
    ConformanceRunBuilder run = ConformanceRun.builder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.baseUrl(URI.create("http://my_service:8080/v1")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.acceptedBaseUrl(URI.create("http://me:secret@127.0.0.1/v1")));
  }
}
