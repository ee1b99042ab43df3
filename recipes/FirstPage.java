import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Attributes;

/** Prints the first page of a manifest and the total number of rows. */
class FirstPage {
  public static void main(String[] args) {
    try (IdcClient client = IdcClient.builder().baseUrl(args[0]).pageSize(5).build()) {
      var cohort = CohortDefinition.of(Attributes.COLLECTION_ID.anyOf("tcga_luad"));
      var page = client.previewManifest(cohort, ManifestColumn.GCS_URL).pages().iterator().next();
      page.rows().forEach(row -> System.out.println(row.gcsUrl()));
      System.out.println(page.rows().size() + " of " + page.totalFound().orElse(-1));
    }
  }
}
