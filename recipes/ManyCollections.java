import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Attributes;

/** Counts the series of all collections in parallel. Any number of threads can share one client. */
class ManyCollections {
  public static void main(String[] args) {
    try (IdcClient client = IdcClient.builder().baseUrl(args[0]).build()) {
      client.collections().parallelStream()
          .map(
              collection -> {
                String id = collection.collectionId();
                var cohort = CohortDefinition.of(Attributes.COLLECTION_ID.anyOf(id));
                var series = client.previewManifest(cohort, ManifestColumn.SERIES_INSTANCE_UID);
                var page = series.pageSize(1).pages().iterator().next();
                return id + " " + page.totalFound().orElse(-1);
              })
          .forEachOrdered(System.out::println);
    }
  }
}
