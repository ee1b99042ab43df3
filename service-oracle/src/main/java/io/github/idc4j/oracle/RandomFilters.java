package io.github.idc4j.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Random;

/**
 * Sends previews of manifests and queries with random filters to a service, and compares the totals
 * and rows with those of the {@link Oracle}. Can be used with any service that has the data of the
 * oracle.
 */
public final class RandomFilters {

  /** The system property for the number of filters. */
  public static final String COUNT = "idc4j.filters";

  /** The system property for the seed. By default, each run has a new seed. */
  public static final String SEED = "idc4j.seed";

  private RandomFilters() {}

  /**
   * Sends the previews. Prints the seed, and the share of filters that select nothing, something
   * and everything.
   *
   * @param what the name of the service and its data, for the output
   * @param defaultCount the number of filters if the system property {@link #COUNT} is not set
   * @throws AssertionError if a response differs from what the oracle expects, or if too many
   *     filters select nothing
   */
  public static void verify(String what, URI baseUrl, Oracle oracle, int defaultCount)
      throws IOException, InterruptedException {
    int count = Integer.getInteger(COUNT, defaultCount);
    long seed = Long.getLong(SEED, new Random().nextInt(1_000_000_000));
    System.out.printf("%s: %,d filters, -D%s=%d%n", what, count, SEED, seed);
    long begin = System.nanoTime();
    int[] shares = new int[3];
    long rows = 0;
    for (int i = 0; i < count; i++) {
      // Each filter has its own seed, so that one filter can be repeated without the others.
      Random random = new Random(seed + i);
      Preview request = new RequestGenerator(oracle, random).request();
      ExpectedRows expected = oracle.rows(request);
      assertThat(difference(new Comparison(baseUrl, request, expected, random)))
          .as(
              "%s with the body %s; to repeat it, use -D%s=%d -D%s=1",
              request.target(), request.body(), SEED, seed + i, COUNT)
          .isEmpty();
      rows += expected.count();
      int images = expected.images();
      shares[images == 0 ? 0 : images < oracle.images() ? 1 : 2]++;
    }
    System.out.printf(
        "%s: %d filters select nothing, %d something, %d everything; %,d rows in total; %,d s%n",
        what, shares[0], shares[1], shares[2], rows, (System.nanoTime() - begin) / 1_000_000_000);
    if (count > 1) {
      assertThat(shares[1] + shares[2])
          .as("filters that select something")
          .isGreaterThan(count / 3);
    }
  }

  private static Optional<String> difference(Comparison comparison) throws InterruptedException {
    try {
      return comparison.difference();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
