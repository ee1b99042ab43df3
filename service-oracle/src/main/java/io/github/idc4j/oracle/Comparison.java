package io.github.idc4j.oracle;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Compares the pages of a result with the expected rows. */
final class Comparison {

  /** A result with more rows is walked only in part. */
  private static final int MAX_ROWS = 20_000;

  private static final int MAX_PAGES = 3;
  private static final int MAX_PAGE_SIZE = 5_000;

  private final URI service;
  private final ExpectedRows expected;
  private final Random random;
  private final Walk walk;

  Comparison(URI service, Preview preview, ExpectedRows expected, Random random) {
    this.service = service;
    this.expected = expected;
    this.random = random;
    this.walk = new Walk(preview, null, this::pageSize);
  }

  private int pageSize() {
    int rows = expected.count();
    return 1 + (rows > MAX_ROWS ? random.nextInt(MAX_PAGE_SIZE) : rows / (1 + random.nextInt(5)));
  }

  /**
   * Fetches pages, and returns the first difference from the expected rows; empty if they are
   * equal. Compares all rows of most results, and three pages of a result with more than {@link
   * #MAX_ROWS} rows.
   *
   * @throws IOException if the service returns an error
   */
  Optional<String> difference() throws IOException, InterruptedException {
    walk.begin(service);
    int compared = 0;
    while (true) {
      awaitPage();
      Optional<String> difference = differenceOfPage(compared);
      compared = walk.rows().size();
      if (difference.isPresent()
          || walk.isFinished()
          || (expected.count() > MAX_ROWS && walk.pages() == MAX_PAGES)) {
        return difference;
      }
      walk.next(service);
    }
  }

  /** Polls while the query is pending. */
  private void awaitPage() throws IOException, InterruptedException {
    while (walk.status() == 202) {
      walk.next(service);
    }
    if (walk.status() != 200) {
      throw new IOException(walk.status() + ": " + walk.message());
    }
  }

  /** Compares the latest page, whose first row has the number {@code first}. */
  private Optional<String> differenceOfPage(int first) {
    List<JsonNode> rows = walk.rows();
    int end = rows.size();
    if (walk.page().path("totalFound").asInt(-1) != expected.count()
        || walk.page().path("rowsReturned").asInt(-1) != end - first) {
      return Optional.of(
          "page %d should have totalFound %d and rowsReturned %d, but has %s and %s"
              .formatted(
                  walk.pages(),
                  expected.count(),
                  end - first,
                  walk.page().path("totalFound"),
                  walk.page().path("rowsReturned")));
    }
    for (int row = first; row < end; row++) {
      Optional<String> difference = expected.difference(row, rows.get(row));
      if (difference.isPresent()) {
        return difference;
      }
    }
    if (walk.isFinished() != (end == expected.count()) || (end == first && !walk.isFinished())) {
      return Optional.of(
          "page %d ends after row %d of %d, and its next_page is '%s'"
              .formatted(walk.pages(), end, expected.count(), walk.pageToken()));
    }
    return Optional.empty();
  }
}
