package io.github.idc4j.benchmarks;

import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Walks of a manifest of all columns, page size 5,000, against the reference service on loopback.
 * Each walk is a process of its own; the ways take turns.
 */
final class WalkBenchmark {

  /** Milliseconds of the service, and of the consumer, for each page. */
  private static final int PAUSE = 50;

  /** Of more rows, only what memory a walk takes is of interest. */
  private static final int MANY = 1_000_000;

  private WalkBenchmark() {}

  /**
   * Runs it and prints a table.
   *
   * @param args number of rows, by default 1,000,000; number of rounds, by default 3
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
                .start();
        SlowProxy slow = new SlowProxy(service.baseUrl(), Duration.ofMillis(PAUSE))) {
      String url = service.baseUrl().toString();
      System.out.printf("%n%,d rows, medians of %d rounds%n%n", rows, rounds);
      // The service runs the query once for all walks.
      run(java("", OneWalk.class, url, "raw", "0"));
      Map<String, List<String>> ways = new LinkedHashMap<>();
      ways.put("bytes, not decoded", java("", OneWalk.class, url, "raw", "0"));
      ways.put("idc4j, -Xmx48m", java("-Xmx48m", OneWalk.class, url, "lazy", "0"));
      if (rows <= MANY) {
        ways.put("idc4j", java("", OneWalk.class, url, "lazy", "0"));
        ways.put("idc4j, prefetch(1)", java("", OneWalk.class, url, "prefetch", "0"));
        ways.put("Python requests", python(url));
      }
      table(ways, rounds);
      if (rows <= MANY) {
        System.out.printf("%nWith 50 ms of service and 50 ms of consumer a page%n%n");
        Map<String, List<String>> paused = new LinkedHashMap<>();
        paused.put("idc4j", java("", OneWalk.class, slow.baseUrl(), "lazy", "" + PAUSE));
        paused.put(
            "idc4j, prefetch(1)", java("", OneWalk.class, slow.baseUrl(), "prefetch", "" + PAUSE));
        table(paused, rounds);
      }
    } finally {
      try (var files = Files.walk(data)) {
        files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
      }
    }
  }

  private static List<String> java(String heap, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (!heap.isEmpty()) {
      command.add(heap);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  private static List<String> python(String url) {
    return List.of(
        "python3",
        String.join(File.separator, "benchmarks", "src", "main", "python", "walk.py"),
        url);
  }

  /** What a walk prints of itself: rows, seconds, and the most that its heap held in MB. */
  private record Measured(long rows, double seconds, OptionalDouble heap) {}

  private static Measured run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(command + " ended with " + process.exitValue() + ": " + printed);
    }
    String[] parts = printed.split(" ");
    return new Measured(
        Long.parseLong(parts[0]),
        Double.parseDouble(parts[1]),
        parts.length > 2
            ? OptionalDouble.of(Double.parseDouble(parts[2]))
            : OptionalDouble.empty());
  }

  private static void table(Map<String, List<String>> ways, int rounds) throws Exception {
    Map<String, List<Measured>> results = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, List<String>> way : ways.entrySet()) {
        results.computeIfAbsent(way.getKey(), key -> new ArrayList<>()).add(run(way.getValue()));
      }
    }
    System.out.println("| | rows | s | times the first | peak heap, MB |");
    System.out.println("| --- | --- | --- | --- | --- |");
    double first = median(results.values().iterator().next());
    results.forEach(
        (way, measured) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.2f | %.2f | %s |%n",
                way,
                measured.get(0).rows(),
                median(measured),
                median(measured) / first,
                measured.stream()
                    .map(Measured::heap)
                    .filter(OptionalDouble::isPresent)
                    .mapToDouble(OptionalDouble::getAsDouble)
                    .max()
                    .stream()
                    .mapToObj(heap -> String.format(Locale.ROOT, "%.0f", heap))
                    .findFirst()
                    .orElse("")));
  }

  private static double median(List<Measured> measured) {
    return measured.stream().mapToDouble(Measured::seconds).sorted().toArray()[measured.size() / 2];
  }
}
