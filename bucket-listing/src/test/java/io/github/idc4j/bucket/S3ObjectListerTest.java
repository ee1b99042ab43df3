package io.github.idc4j.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.bucket.ObjectLister;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that the AWS settings of the user do not change which server is asked. The lister runs in a
 * process of its own, which cannot resolve host names, so the public buckets are never contacted.
 */
@Timeout(120)
class S3ObjectListerTest {

  private static final String PUBLIC = "idc-open-data.s3.us-east-1.amazonaws.com";

  @TempDir Path folder;

  private RecordingServer other;
  private RecordingServer used;
  private Path configuration;

  @BeforeEach
  void start() throws IOException {
    other = new RecordingServer();
    used = new RecordingServer();
    configuration =
        Files.writeString(
            folder.resolve("config"),
            """
            [default]
            region = eu-west-1
            endpoint_url = %1$s
            use_fips_endpoint = true
            services = mine
            [services mine]
            s3 =
              endpoint_url = %1$s
            """
                .formatted(other.url()));
  }

  @AfterEach
  void stop() throws IOException {
    other.close();
    used.close();
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("AWS_ENDPOINT_URL", other.url());
    settings.put("AWS_ENDPOINT_URL_S3", other.url());
    settings.put("AWS_CONFIG_FILE", configuration.toString());
    settings.put("AWS_PROFILE", "missing");
    settings.put("AWS_REGION", "eu-west-1");
    settings.put("AWS_DEFAULT_REGION", "eu-west-1");
    settings.put("AWS_USE_FIPS_ENDPOINT", "true");
    settings.put("AWS_USE_DUALSTACK_ENDPOINT", "true");
    settings.put("AWS_ACCESS_KEY_ID", "key");
    settings.put("AWS_SECRET_ACCESS_KEY", "secret");
    return settings;
  }

  private String list(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path noHosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.net.hosts.file=" + noHosts,
                "-cp",
                System.getProperty("java.class.path"),
                Lister.class.getName())
            .redirectErrorStream(true);
    builder.command().addAll(Arrays.asList(arguments));
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /** Lists a public bucket, or a bucket at the endpoint in the arguments. */
  static final class Lister {
    private Lister() {}

    public static void main(String[] args) {
      Optional<URI> endpoint = Arrays.stream(args).findFirst().map(URI::create);
      try (ObjectLister lister = new S3ObjectListerProvider().open(endpoint)) {
        System.out.println(lister.list("idc-open-data", "series/"));
      } catch (IOException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void thePublicBucketsAreAskedWhateverTheSettingsOfAws() throws IOException, InterruptedException {
    String output = list(settings());

    assertThat(other.requests()).isEmpty();
    assertThat(output).contains(PUBLIC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https_proxy", "HTTPS_PROXY"})
  void theProxyOfTheEnvironmentIsUsed(String variable) throws IOException, InterruptedException {
    Map<String, String> environment = settings();
    environment.put(variable, used.url());

    list(environment);

    assertThat(other.requests()).isEmpty();
    assertThat(used.requests()).isNotEmpty().containsOnly("CONNECT " + PUBLIC + ":443 HTTP/1.1");
  }

  @Test
  void theProxyOfJavaIsUsed() throws IOException, InterruptedException {
    Map<String, String> environment = settings();
    environment.put(
        "JAVA_TOOL_OPTIONS",
        "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=" + URI.create(used.url()).getPort());

    list(environment);

    assertThat(used.requests()).isNotEmpty().containsOnly("CONNECT " + PUBLIC + ":443 HTTP/1.1");
  }

  @Test
  void theEndpointOfTheOptionIsUsedWhateverTheSettingsOfAws()
      throws IOException, InterruptedException {
    Map<String, String> environment = settings();
    // No proxy is used for a loopback host.
    environment.put("http_proxy", other.url());

    list(environment, used.url());

    assertThat(other.requests()).isEmpty();
    assertThat(used.requests())
        .isNotEmpty()
        .allSatisfy(request -> assertThat(request).startsWith("GET /idc-open-data?list-type=2"));
  }

  /** Records the first line of each request, and refuses the request. */
  private static final class RecordingServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private RecordingServer() throws IOException {
      Thread thread = new Thread(this::run, "recording-server");
      thread.setDaemon(true);
      thread.start();
    }

    private void run() {
      while (!socket.isClosed()) {
        try (Socket connection = socket.accept();
            BufferedReader in =
                new BufferedReader(
                    new InputStreamReader(
                        connection.getInputStream(), StandardCharsets.ISO_8859_1))) {
          requests.add(in.readLine());
          while (!in.readLine().isEmpty()) {
            // Read the whole request, so that the client receives the response.
          }
          connection
              .getOutputStream()
              .write(
                  "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                      .getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
          // The server was closed, or a client ended a connection.
        }
      }
    }

    private String url() {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }

    private List<String> requests() {
      return requests;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
