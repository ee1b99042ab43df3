package io.github.idc4j.bucket;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs S3Mock, a real S3 server, as a program of its own on a free port. */
final class S3Server implements AutoCloseable {

  private static final Pattern STARTED = Pattern.compile("started on ports .* (\\d+) \\(http\\)");
  private static final int UPLOADS = 8;

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI url;

  S3Server() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                Path.of("target", "s3mock.jar").toString(),
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--com.adobe.testing.s3mock.httpPort=0")
            .redirectErrorStream(true)
            .start();
    url = URI.create("http://127.0.0.1:" + port(process.inputReader()));
  }

  private static String port(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher matcher = STARTED.matcher(line);
      if (matcher.find()) {
        // If the output is not read, the process blocks.
        Thread reader = new Thread(() -> output.lines().forEach(rest -> {}));
        reader.setDaemon(true);
        reader.start();
        return matcher.group(1);
      }
    }
    throw new IOException("S3Mock ended before it listened");
  }

  URI url() {
    return url;
  }

  void createBucket(String bucket) throws IOException, InterruptedException {
    send("PUT", bucket);
  }

  /** Uploads empty objects, several at a time. */
  void upload(String bucket, Stream<String> keys) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(UPLOADS);
    try {
      List<Future<Integer>> uploads =
          keys.map(key -> threads.submit(() -> send("PUT", bucket + "/" + key))).toList();
      for (Future<Integer> upload : uploads) {
        upload.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  void upload(String bucket, String key) throws IOException, InterruptedException {
    send("PUT", bucket + "/" + key);
  }

  void delete(String bucket, String key) throws IOException, InterruptedException {
    send("DELETE", bucket + "/" + key);
  }

  private int send(String method, String path) throws IOException, InterruptedException {
    int status =
        client
            .send(
                HttpRequest.newBuilder(url.resolve("/" + path))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.discarding())
            .statusCode();
    if (status >= 300) {
      throw new IOException(method + " " + path + ": status " + status);
    }
    return status;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
