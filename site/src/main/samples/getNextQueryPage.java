import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.model.QueryField;

class GetNextQueryPage {
  public static void main(String[] args) {
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl("http://127.0.0.1:8080/v1")
            .pageSize(2)
            .build()) {
      var cohort = CohortDefinition.of("lung", Attributes.COLLECTION_ID.anyOf("tcga_luad"));
      var pages = client.previewQuery(cohort, QueryField.PATIENT_ID).pages().iterator();
      // The iterator keeps the page token and sends it to get the next page.
      for (int i = 0; i < 2 && pages.hasNext(); i++) {
        System.out.println(pages.next().rows());
      }
    }
  }
}
