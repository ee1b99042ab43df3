package io.github.idc4j.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.client.paging.Checkpoint;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageToken;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.client.paging.Walk;
import io.github.idc4j.client.testing.FakeTime;
import io.github.idc4j.model.ManifestRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests random combinations of page size, limit, prefetch, checkpoints and page tokens. The rows
 * must be the same as in a list with all rows.
 *
 * <p>{@code -Didc4j.trials=1000} sets the number of combinations; the default is 100. {@code
 * -Didc4j.seed} sets the seed.
 */
@Timeout(600)
class PagedCombinationsTest {

  private static final int TRIALS = Integer.getInteger("idc4j.trials", 100);
  private static final long SEED = Long.getLong("idc4j.seed", 20261128L);

  private final FakeTime time = new FakeTime();
  private int total;
  private final Random service = new Random(SEED);

  /**
   * Returns the body of a page. A page token consists of the number of the next row and a random
   * suffix.
   */
  private synchronized String body(HttpUrl url) {
    String token = url.queryParameter("next_page");
    int from = token == null ? 0 : Integer.parseInt(token.split("-")[0]);
    int size = Integer.parseInt(url.queryParameter("page_size"));
    // A page may have fewer rows than requested, or none.
    int rows = Math.min(total - from, service.nextInt(4) == 0 ? service.nextInt(size + 1) : size);
    boolean last = from + rows >= total && service.nextInt(3) > 0;
    return Responses.page(from, rows, last ? "" : from + rows + "-" + service.nextInt());
  }

  private IdcClient client() {
    OkHttpClient http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain ->
                    new Response.Builder()
                        .request(chain.request())
                        .protocol(Protocol.HTTP_1_1)
                        .code(200)
                        .message("OK")
                        .body(ResponseBody.create(body(chain.request().url()), null))
                        .build())
            .build();
    return IdcClient.builder()
        .baseUrl("http://localhost:1/v1")
        .httpClient(http)
        .time(time, time.sleeper())
        .build();
  }

  private static Paged<ManifestRow> configured(Paged<ManifestRow> rows, Random random) {
    return rows.pageSize(1 + random.nextInt(6)).prefetch(random.nextInt(4));
  }

  private static List<String> patients(Iterable<ManifestRow> rows) {
    List<String> patients = new ArrayList<>();
    rows.forEach(row -> patients.add(row.patientId()));
    return patients;
  }

  @Test
  void givesTheRowsThatAListGives() {
    Random random = new Random(SEED);
    try (IdcClient client = client()) {
      for (int trial = 0; trial < TRIALS; trial++) {
        String what = "seed " + SEED + ", trial " + trial;
        total = random.nextInt(20);
        List<String> all = IntStream.range(0, total).mapToObj(String::valueOf).toList();
        Paged<ManifestRow> rows = client.manifest(1, ManifestColumn.PATIENT_ID);

        int limit = random.nextInt(25);
        int taken = random.nextInt(25);
        Walk<ManifestRow> walk = configured(rows, random).limit(limit).iterator();
        List<String> first = new ArrayList<>();
        while (first.size() < taken && walk.hasNext()) {
          first.add(walk.next().patientId());
        }
        Checkpoint checkpoint = Checkpoint.parse(walk.checkpoint().text());
        walk.close();
        assertThat(walk.hasNext()).as(what).isFalse();
        assertThat(first)
            .as(what)
            .isEqualTo(all.subList(0, Math.min(total, Math.min(limit, taken))));
        assertThat(checkpoint.rows()).as(what).isEqualTo(first.size());

        int newLimit = random.nextInt(25);
        List<String> expected = all.subList(first.size(), Math.min(total, first.size() + newLimit));
        Paged<ManifestRow> rest = configured(rows, random).resumeFrom(checkpoint).limit(newLimit);
        assertThat(patients(rest)).as(what).isEqualTo(expected);
        assertThat(rest.stream().map(ManifestRow::patientId).toList()).as(what).isEqualTo(expected);
        List<String> ofPages = new ArrayList<>();
        for (Page<ManifestRow> page : rest.pages()) {
          ofPages.addAll(patients(page.rows()));
        }
        assertThat(ofPages).as(what).isEqualTo(expected);

        int from = random.nextInt(total + 1);
        List<String> fromToken = new ArrayList<>();
        for (Page<ManifestRow> page : rest.pages(new PageToken(from + "-x"))) {
          fromToken.addAll(patients(page.rows()));
        }
        assertThat(fromToken)
            .as(what)
            .isEqualTo(all.subList(from, Math.min(total, from + newLimit)));
      }
    }
  }
}
