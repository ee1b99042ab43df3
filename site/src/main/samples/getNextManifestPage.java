import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Attributes;

class GetNextManifestPage {
  public static void main(String[] args) {
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl("http://127.0.0.1:8080/v1")
            .pageSize(2)
            .build()) {
      var cohort = CohortDefinition.of("lung", Attributes.COLLECTION_ID.anyOf("tcga_luad"));
      var pages = client.previewManifest(cohort, ManifestColumn.GCS_URL).pages().iterator();
      // The iterator keeps the page token and sends it to get the next page.
      for (int i = 0; i < 2 && pages.hasNext(); i++) {
        System.out.println(pages.next().rows());
      }
    }
  }
}
