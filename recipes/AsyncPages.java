import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.client.paging.AsyncPaged;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.model.ManifestRow;
import java.util.concurrent.CompletableFuture;

/** Counts the series of two collections at the same time, without blocking a thread. */
class AsyncPages {
  public static void main(String[] args) {
    try (IdcClient client = IdcClient.builder().baseUrl(args[0]).pageSize(20).build()) {
      var lung = countSeries(client, "tcga_luad");
      var rectum = countSeries(client, "tcga_read");
      System.out.println(lung.thenCombine(rectum, Long::sum).join());
    }
  }

  private static CompletableFuture<Long> countSeries(IdcClient client, String collection) {
    var cohort = CohortDefinition.of(Attributes.COLLECTION_ID.anyOf(collection));
    var rows = client.async().previewManifest(cohort, ManifestColumn.SERIES_INSTANCE_UID);
    return rows.firstPage().thenCompose(page -> count(rows, page, 0));
  }

  /**
   * Counts the rows of a page and of all later pages.
   *
   * @param before number of rows on the earlier pages
   */
  private static CompletableFuture<Long> count(
      AsyncPaged<ManifestRow> rows, Page<ManifestRow> page, long before) {
    long counted = before + page.rows().size();
    return page.next()
        .map(token -> rows.page(token).thenCompose(next -> count(rows, next, counted)))
        .orElseGet(() -> CompletableFuture.completedFuture(counted));
  }
}
