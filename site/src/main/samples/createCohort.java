import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.filter.Attributes;

class CreateCohort {
  public static void main(String[] args) {
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl("http://127.0.0.1:8080/v1")
            .credentials(Credentials.of(System.getenv("IDC4J_TOKEN")))
            .build()) {
      var cohort = CohortDefinition.of("lung", Attributes.COLLECTION_ID.anyOf("tcga_luad"));
      System.out.println(client.createCohort(cohort).cohortId());
    }
  }
}
