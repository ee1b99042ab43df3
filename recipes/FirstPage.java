import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Attributes;

/** Prints the first page of a manifest and the total number of rows. */
class FirstPage {
  public static void main(String[] args) {
    try (IdcClient client = IdcClient.builder().baseUrl(args[0]).pageSize(5).build()) {
      var cohort = CohortDefinition.of(Attributes.COLLECTION_ID.anyOf("tcga_luad"));
      var rows = client.previewManifest(cohort, ManifestColumn.SERIES_INSTANCE_UID);
      var page = rows.pages().iterator().next();
      page.rows().forEach(row -> System.out.println(row.seriesInstanceUid()));
      System.out.println(page.rows().size() + " of " + page.totalFound().orElse(-1));
    }
  }
}
