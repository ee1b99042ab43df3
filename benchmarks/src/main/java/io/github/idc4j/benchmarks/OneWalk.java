package io.github.idc4j.benchmarks;

import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.model.ManifestRow;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Request;

/**
 * Walks over all pages once. Prints the number of rows and the peak heap in MB, which is measured
 * after each page.
 */
final class OneWalk {

  private static final int PAGE_SIZE = 5000;

  private static long peak;

  private OneWalk() {}

  /**
   * Runs the walk.
   *
   * @param args three values: the base URL; {@code raw}, {@code lazy} or {@code prefetch}; the
   *     simulated processing time of a page, in milliseconds
   */
  public static void main(String[] args) throws Exception {
    int pause = Integer.parseInt(args[2]);
    long rows = args[1].equals("raw") ? raw(args[0]) : walk(args[0], args[1], pause);
    System.out.printf(Locale.ROOT, "%d %.0f%n", rows, peak / 1e6);
  }

  private static long raw(String baseUrl) throws IOException {
    try (RawPages manifest = new RawPages(baseUrl, PAGE_SIZE)) {
      long pages = 0;
      Optional<Request> next = Optional.of(manifest.begin());
      while (next.isPresent()) {
        next = manifest.next(manifest.page(next.get()));
        pages++;
        measureHeap();
      }
      return pages * PAGE_SIZE;
    }
  }

  private static long walk(String baseUrl, String way, int pause) throws InterruptedException {
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl(baseUrl)
            .pageSize(PAGE_SIZE)
            .totalTimeout(Duration.ofHours(1))
            .build()) {
      Paged<ManifestRow> manifest =
          client.previewManifest(CohortDefinition.of("all"), ManifestColumn.values());
      long rows = 0;
      for (ManifestRow row : way.equals("prefetch") ? manifest.prefetch(1) : manifest) {
        if (row.gcsUrl() != null) {
          rows++;
        }
        if (rows % PAGE_SIZE == 0) {
          measureHeap();
          // Simulates the time that a consumer needs to process the page.
          Thread.sleep(pause);
        }
      }
      return rows;
    }
  }

  private static void measureHeap() {
    // Management beans also return the heap size, but loading them would add to the measured CPU
    // time.
    peak = Math.max(peak, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
  }
}
