package io.github.idc4j.conformance.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy of a URL. */
class ProxiesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*                         | example.org       | 80   | true",
        "example.org               | example.org       | 80   | true",
        "example.org               | API.Example.org.  | 80   | true",
        ".example.org              | api.example.org   | 80   | true",
        "*.example.org             | api.example.org   | 80   | true",
        "example.org               | badexample.org    | 80   | false",
        "other.test, example.org   | example.org       | 80   | true",
        "other.test example.org    | example.org       | 80   | true",
        "example.org:8080          | example.org       | 8080 | true",
        "example.org:8080          | example.org       | 80   | false",
        "192.0.2.1                 | 192.0.2.1         | 80   | true",
        "2.1                       | 192.0.2.1         | 80   | false",
        "192.0.2.0/24              | 192.0.2.77        | 80   | true",
        "192.0.2.0/24              | 192.0.3.77        | 80   | false",
        "192.0.2.0/33              | 192.0.2.0         | 80   | false",
        "2001:db8::1               | [2001:db8::1]     | 80   | true",
        "[2001:db8::1]:80          | [2001:db8::1]     | 80   | true",
        "2001:db8::/32             | [2001:db8:1::1]   | 80   | true",
        "2001:db8::/32             | 192.0.2.1         | 80   | false",
        "example.org/24            | 192.0.2.1         | 80   | false",
        ",                         | example.org       | 80   | false"
      })
  void noProxyNamesHosts(String variable, String host, int port, boolean matches) {
    assertThat(NoProxy.parse(variable).matches(host, port)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.org/v1, http://lower:1",
    "https://example.org/v1, http://upper:2",
    "http://internal.test/v1, ",
    "https://internal.test:443/v1, ",
    "http://localhost/v1, ",
    "http://127.0.0.2/v1, ",
    "https://[::1]/v1, "
  })
  void theEnvironmentHasAProxyForEachScheme(URI url, String proxy) {
    Proxies proxies =
        Proxies.fromEnvironment(
            Map.of(
                "http_proxy", "lower:1",
                "HTTP_PROXY", "http://upper:1",
                "https_proxy", " ",
                "HTTPS_PROXY", "http://upper:2",
                "NO_PROXY", "internal.test"));
    assertThat(proxies.proxy(url).map(ProxyServer::toString).orElse(null)).isEqualTo(proxy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socks5://me:secret@proxy:1",
        "http://me:secret@proxy",
        "http://me:sec#ret@proxy:1",
        "http://me:secret@proxy:1/path",
        "http://me:secret%@proxy:1",
        "http://:1",
        "proxy"
      })
  void aProxyIsAnHttpUrlWithHostAndPort(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Proxies.of("--proxy", url))
        .withMessageStartingWith("--proxy must be an http URL with a host and a port")
        .withMessageNotContaining("sec");
    Proxies proxies = Proxies.fromEnvironment(Map.of("http_proxy", url));
    proxies.check(URI.create("http://localhost/v1"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> proxies.check(URI.create("http://example.org/v1")))
        .withMessageStartingWith("http_proxy must be")
        .withMessageNotContaining("sec");
  }

  @Test
  void userAndPasswordAreDecoded() {
    Proxies proxies = Proxies.of("--proxy", "http://me:a%40b+c%2B@proxy:1");
    ProxyServer proxy = proxies.proxy(URI.create("http://example.org/")).orElseThrow();

    assertThat(proxy.user()).contains("me:a@b+c+");
    assertThat(proxies.toString()).isEqualTo("http://proxy:1");
  }
}
