import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.auth.Credentials;

class DeleteCohorts {
  public static void main(String[] args) {
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl("http://127.0.0.1:8080/v1")
            .credentials(Credentials.of(System.getenv("IDC4J_TOKEN")))
            .build()) {
      client.deleteCohorts(1, 2, 3).forEach(deleted -> System.out.println(deleted.result()));
    }
  }
}
