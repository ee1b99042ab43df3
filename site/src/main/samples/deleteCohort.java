import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.auth.Credentials;

class DeleteCohort {
  public static void main(String[] args) {
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl("http://127.0.0.1:8080/v1")
            .credentials(Credentials.of(System.getenv("IDC4J_TOKEN")))
            .build()) {
      System.out.println(client.deleteCohort(1).result());
    }
  }
}
