package io.github.idc4j.benchmarks;

import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.service.data.DuckDbSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import okhttp3.Request;

/** Measures the goals for queries and for data of different sizes. */
final class ServiceGoals {

  private static final int PAGE_SIZE = 1000;

  /** The number of instances that {@link ExpandedIndex} writes at most. */
  private static final long EXPANDED = 20_000_000;

  private static final long LARGE = 50_000_000;

  private static final List<ManifestColumn> EXACT =
      List.of(
          ManifestColumn.COLLECTION_ID,
          ManifestColumn.PATIENT_ID,
          ManifestColumn.STUDY_INSTANCE_UID,
          ManifestColumn.SERIES_INSTANCE_UID,
          ManifestColumn.SOURCE_DOI,
          ManifestColumn.CRDC_SERIES_GUID);

  private static final List<ManifestColumn> URL = List.of(ManifestColumn.GCS_URL);

  private final Path wheel;
  private final Path work;
  private final int rounds;
  private final long divisor;
  private final GoalTable table;

  ServiceGoals(Path wheel, Path work, int rounds, long divisor, GoalTable table) {
    this.wheel = wheel;
    this.work = work;
    this.rounds = rounds;
    this.divisor = divisor;
    this.table = table;
  }

  /** Goal 1: the first page of a manifest of all series. */
  void manifestOfAllSeries() throws Exception {
    Path home = work.resolve("index");
    ServiceProcess.start(home, "--data", wheel.toString()).close();
    Medians.Pair times = firstPage(home, wheel, EXACT, "tcga_read", "");
    table.compare(
        1,
        "first page of all series, and bare query",
        times.measured(),
        times.reference(),
        "s",
        1.2);
  }

  /** Goal 2: a manifest of a large collection. */
  void manifestOfLargeCollection() throws Exception {
    Path home = expanded();
    Medians.Pair times = firstPage(home, data(), URL, "tcga_read", ExpandedIndex.COLLECTION);
    table.compare(
        2, "first page of URLs, and bare query", times.measured(), times.reference(), "s", 1.3);
    try (ServiceProcess service = start(home, data());
        RawPages pages = new RawPages(service.baseUrl(), PAGE_SIZE, URL)) {
      storedPages(home, pages);
    }
  }

  private void storedPages(Path home, RawPages pages) throws Exception {
    long json = 0;
    int number = 1;
    Optional<Request> second = Optional.empty();
    Optional<Request> late = Optional.empty();
    Optional<Request> next = Optional.of(pages.begin(cohort(ExpandedIndex.COLLECTION)));
    while (next.isPresent()) {
      byte[] page = pages.page(next.get());
      json += page.length;
      next = pages.next(page);
      number++;
      if (number == 2) {
        second = next;
      } else if (number <= 2000 && next.isPresent()) {
        late = next;
      }
    }
    Path results = ServiceProcess.temporary(home);
    long stored = -1;
    while (stored != size(results)) {
      stored = size(results);
      Thread.sleep(2000);
    }
    Request page2 = second.orElseThrow();
    Request page2000 = late.orElseThrow();
    Medians.Pair times =
        Medians.alternate(
            100 * rounds, () -> milliseconds(pages, page2000), () -> milliseconds(pages, page2));
    table.compare(
        2,
        "page " + Math.min(2000, number - 1) + ", and page 2",
        times.measured(),
        times.reference(),
        "ms",
        1.1);
    table.compare(2, "stored result, and its JSON", stored / 1e6, json / 1e6, "MB", 0.25);
  }

  private static long size(Path folder) throws Exception {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".rows"))
          .mapToLong(f -> f.toFile().length())
          .sum();
    }
  }

  /** Goal 3: the first page of the metadata of all instances. */
  void firstPageOfMetadata() throws Exception {
    Path home = expanded();
    double seconds =
        Medians.of(
            rounds,
            () -> {
              try (ServiceProcess service = start(home, data());
                  RawPages pages = new RawPages(service.baseUrl(), PAGE_SIZE)) {
                return milliseconds(pages, pages.dicomMetadata(PAGE_SIZE)) / 1e3;
              }
            });
    table.limit(3, "first page of dicomMetadata, first request of a service", seconds, "s", 0.5);
  }

  /** Goal 5: the memory for the largest sample. */
  void memoryOfLargeSample() throws Exception {
    Path home = work.resolve("large");
    if (Files.exists(home)) {
      Pages.delete(home);
    }
    long instances = LARGE / divisor;
    try (ServiceProcess service =
            ServiceProcess.start(home, "--sample-instances", Long.toString(instances));
        RawPages pages = new RawPages(service.baseUrl(), PAGE_SIZE, URL)) {
      System.err.printf("%,d instances built in %.0f s%n", instances, service.secondsUntilReady());
      String what = "%,d instances, peak resident memory ".formatted(instances);
      table.limit(5, what + "while building", service.peakMegabytes(), "MB", 4000);
      pages.page(pages.dicomMetadata(PAGE_SIZE));
      // The largest collection has two fifths of the instances.
      Optional<Request> next = Optional.of(pages.begin(cohort("nlst")));
      for (int page = 0; page < 100 && next.isPresent(); page++) {
        next = pages.next(pages.page(next.get()));
      }
      table.limit(5, what + "with serving", service.peakMegabytes(), "MB", 4000);
    }
  }

  /** Goal 6: the time until the service is ready. */
  void starts() throws Exception {
    Path home = work.resolve("starts");
    double first =
        Medians.of(
            rounds,
            () -> {
              if (Files.exists(home)) {
                Pages.delete(home);
              }
              return secondsUntilReady(home, "--data", wheel.toString());
            });
    table.limit(6, "ready with the index, first start", first, "s", 15);
    double second = Medians.of(rounds, () -> secondsUntilReady(home, "--data", wheel.toString()));
    table.limit(6, "ready with the index, later start", second, "s", 5);
    secondsUntilReady(home);
    table.limit(
        6, "ready with the sample", Medians.of(rounds, () -> secondsUntilReady(home)), "s", 1.5);
  }

  private static double secondsUntilReady(Path home, String... options) throws Exception {
    try (ServiceProcess service = ServiceProcess.start(home, options)) {
      return service.secondsUntilReady();
    }
  }

  private Medians.Pair firstPage(
      Path home, Path data, List<ManifestColumn> columns, String warmUp, String collection)
      throws Exception {
    BareQuery bare =
        new BareQuery(
            ServiceProcess.database(home), ServiceProcess.temporary(home).resolve("bare"), columns);
    return Medians.alternate(
        rounds,
        () -> {
          // A new service, because a service keeps the result of a query.
          try (ServiceProcess service = start(home, data);
              RawPages pages = new RawPages(service.baseUrl(), PAGE_SIZE, columns)) {
            pages.page(pages.begin(cohort(warmUp)));
            return milliseconds(pages, pages.begin(cohort(collection))) / 1e3;
          }
        },
        () -> bare.seconds(warmUp, collection));
  }

  private static ServiceProcess start(Path home, Path data) throws Exception {
    return ServiceProcess.start(home, "--data", data.toString(), "--absent", "null");
  }

  private static String cohort(String collection) {
    String filters = collection.isEmpty() ? "{}" : "{\"collection_id\":[\"" + collection + "\"]}";
    return "{\"name\":\"benchmark\",\"description\":\"\",\"filters\":" + filters + "}";
  }

  private static double milliseconds(RawPages pages, Request request) throws Exception {
    long begin = System.nanoTime();
    pages.page(request);
    return (System.nanoTime() - begin) / 1e6;
  }

  private Path data() {
    return work.resolve("expanded-" + EXPANDED / divisor);
  }

  /** Writes and loads the expanded index. Returns the home of its services. */
  private Path expanded() throws Exception {
    Path home = work.resolve("home-" + EXPANDED / divisor);
    Files.createDirectories(home);
    ExpandedIndex.write(wheel, data(), DuckDbSettings.of(home.resolve("new")), EXPANDED, divisor);
    try (ServiceProcess service = start(home, data())) {
      System.err.printf("expanded index loaded in %.0f s%n", service.secondsUntilReady());
    }
    return home;
  }
}
