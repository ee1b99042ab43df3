import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.model.QueryField;

class PreviewQuery {
  public static void main(String[] args) {
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl("http://127.0.0.1:8080/v1")
            .pageSize(2)
            .build()) {
      var cohort = CohortDefinition.of("lung", Attributes.COLLECTION_ID.anyOf("tcga_luad"));
      // The client requests a page when its first row is needed, and polls after a 202.
      client
          .previewQuery(cohort, QueryField.MODALITY, QueryField.PATIENT_ID)
          .limit(10)
          .forEach(row -> System.out.println(row.text(QueryField.MODALITY)));
    }
  }
}
