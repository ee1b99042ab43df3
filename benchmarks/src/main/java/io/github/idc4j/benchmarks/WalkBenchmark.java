package io.github.idc4j.benchmarks;

import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Compares ways to walk over a manifest with all columns. The page size is 5,000, and the reference
 * service runs on a loopback address. Each walk runs in a separate process, and the ways take
 * turns.
 */
final class WalkBenchmark {

  /**
   * The time in milliseconds that the service takes for a page. The consumer takes the same time to
   * process the page.
   */
  private static final int PAUSE = 50;

  /**
   * With more rows than this, the benchmark compares only the walk without decoding and the walk
   * with a small heap.
   */
  private static final int MANY = 1_000_000;

  private WalkBenchmark() {}

  /**
   * Runs the benchmark and prints tables.
   *
   * @param args two optional values: the number of rows, by default 1,000,000; the number of
   *     rounds, by default 3
   */
  public static void main(String[] args) throws Exception {
    int rows = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    SampleSize size = new SampleSize(SampleSize.standard().patients(), rows);
    Path data = Files.createTempDirectory("idc4j-benchmark");
    try (ReferenceService service =
        ReferenceService.builder()
            .port(0)
            .sampleSize(size)
            .dataFolder(data)
            .queryWait(Duration.ofHours(1))
            .start()) {
      System.out.printf("%n%,d rows, medians of %d rounds%n%n", rows, rounds);
      // The first walk starts the query. The service keeps the result for the other walks.
      ChildProcess.run(walk("", service.baseUrl().toString(), "raw", 0));
      compare(service.baseUrl(), rows <= MANY, rounds);
    } finally {
      Pages.delete(data);
    }
  }

  private static void compare(URI service, boolean all, int rounds) throws Exception {
    String url = service.toString();
    Map<String, List<String>> ways = new LinkedHashMap<>();
    ways.put("bytes, not decoded", walk("", url, "raw", 0));
    ways.put("idc4j, -Xmx48m", walk("-Xmx48m", url, "lazy", 0));
    if (!all) {
      table(ways, rounds);
      return;
    }
    ways.put("idc4j", walk("", url, "lazy", 0));
    ways.put("idc4j, prefetch(1)", walk("", url, "prefetch", 0));
    ways.put("Python requests", ChildProcess.python(url));
    table(ways, rounds);
    try (Proxy gzip = Proxy.gzip(service)) {
      System.out.printf("%nThrough a proxy that compresses with gzip%n%n");
      Map<String, List<String>> zipped = new LinkedHashMap<>();
      zipped.put("bytes, not decoded", walk("", gzip.baseUrl(), "raw", 0));
      zipped.put("idc4j", walk("", gzip.baseUrl(), "lazy", 0));
      zipped.put("Python requests", ChildProcess.python(gzip.baseUrl()));
      table(zipped, rounds);
    }
    try (Proxy slow = Proxy.slow(service, Duration.ofMillis(PAUSE))) {
      System.out.printf(
          "%nWith %d ms for each page at the service, and %d ms of work on each page%n%n",
          PAUSE, PAUSE);
      Map<String, List<String>> paused = new LinkedHashMap<>();
      paused.put("idc4j", walk("", slow.baseUrl(), "lazy", PAUSE));
      paused.put("idc4j, prefetch(1)", walk("", slow.baseUrl(), "prefetch", PAUSE));
      table(paused, rounds);
    }
  }

  private static List<String> walk(String heap, String url, String way, int pause) {
    return ChildProcess.java(heap, OneWalk.class, url, way, String.valueOf(pause));
  }

  private static void table(Map<String, List<String>> ways, int rounds) throws Exception {
    Map<String, List<ChildProcess.Measured>> results = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, List<String>> way : ways.entrySet()) {
        results
            .computeIfAbsent(way.getKey(), key -> new ArrayList<>())
            .add(ChildProcess.run(way.getValue()));
      }
    }
    System.out.println("| way | rows | s | times the first | CPU s | peak heap, MB |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    double first = median(results.values().iterator().next(), ChildProcess.Measured::seconds);
    results.forEach(
        (way, measured) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.2f | %.2f | %s | %s |%n",
                way,
                measured.get(0).rows(),
                median(measured, ChildProcess.Measured::seconds),
                median(measured, ChildProcess.Measured::seconds) / first,
                optional(measured, ChildProcess.Measured::cpu, "%.2f"),
                optional(measured, ChildProcess.Measured::heap, "%.0f")));
  }

  private static String optional(
      List<ChildProcess.Measured> measured,
      Function<ChildProcess.Measured, OptionalDouble> value,
      String format) {
    return value.apply(measured.get(0)).isEmpty()
        ? ""
        : String.format(
            Locale.ROOT, format, median(measured, one -> value.apply(one).getAsDouble()));
  }

  private static double median(
      List<ChildProcess.Measured> measured, ToDoubleFunction<ChildProcess.Measured> value) {
    return measured.stream().mapToDouble(value).sorted().toArray()[measured.size() / 2];
  }
}
