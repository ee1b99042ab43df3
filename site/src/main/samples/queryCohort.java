import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.model.QueryField;

class QueryCohort {
  public static void main(String[] args) {
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl("http://127.0.0.1:8080/v1")
            .credentials(Credentials.of(System.getenv("IDC4J_TOKEN")))
            .pageSize(2)
            .build()) {
      // The client requests a page when its first row is needed, and polls after a 202.
      client
          .query(1, QueryField.MODALITY)
          .forEach(row -> System.out.println(row.text(QueryField.MODALITY)));
    }
  }
}
