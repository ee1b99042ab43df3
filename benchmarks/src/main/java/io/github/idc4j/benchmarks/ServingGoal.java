package io.github.idc4j.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.Request;

/** Goal 4: serving a stored page, compared with serving prepared bytes. */
final class ServingGoal {

  private static final int PAGE_SIZE = 5000;
  private static final int REQUESTS = 100;
  private static final int CLIENTS = 4;

  /** Java compiles the code of a request in several steps, over some thousand requests. */
  private static final int WARM_UP = 40;

  private final Path home;
  private final int rounds;
  private final GoalTable table;

  ServingGoal(Path home, int rounds, GoalTable table) {
    this.home = home;
    this.rounds = rounds;
    this.table = table;
  }

  void measure() throws Exception {
    try (ServiceProcess service = ServiceProcess.start(home);
        RawPages pages = new RawPages(service.baseUrl(), PAGE_SIZE)) {
      // The second page of a stored result.
      Request second = pages.next(pages.page(pages.begin())).orElseThrow();
      Path prepared = home.resolve("page.json");
      Files.write(prepared, pages.page(second));
      Process server =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  // The option that the launcher sets for the service.
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  PreparedPage.class.getName(),
                  prepared.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        compare(second.url().url(), url(server));
      } finally {
        server.destroy();
      }
    }
  }

  private static URL url(Process server) throws IOException {
    return URI.create(
            new BufferedReader(
                    new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))
                .readLine())
        .toURL();
  }

  private void compare(URL stored, URL prepared) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      Medians.alternate(
          WARM_UP,
          () -> milliseconds(threads, 1, stored),
          () -> milliseconds(threads, 1, prepared));
      for (int clients : List.of(1, CLIENTS)) {
        Medians.Pair times =
            Medians.alternate(
                2 * rounds,
                () -> milliseconds(threads, clients, stored),
                () -> milliseconds(threads, clients, prepared));
        table.compare(
            4,
            "5,000-row page, and prepared bytes, clients: " + clients,
            times.measured(),
            times.reference(),
            "ms",
            clients == 1 ? 1.5 : 2);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Returns the time per page. */
  private static double milliseconds(ExecutorService threads, int clients, URL url)
      throws Exception {
    Callable<Void> client =
        () -> {
          for (int request = 0; request < REQUESTS; request++) {
            try (InputStream page = url.openStream()) {
              page.transferTo(OutputStream.nullOutputStream());
            }
          }
          return null;
        };
    long begin = System.nanoTime();
    List<Callable<Void>> all = new ArrayList<>(Collections.nCopies(clients, client));
    for (Future<Void> ended : threads.invokeAll(all)) {
      ended.get();
    }
    return (System.nanoTime() - begin) / 1e6 / REQUESTS / clients;
  }
}
