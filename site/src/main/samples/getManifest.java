import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.auth.Credentials;

class GetManifest {
  public static void main(String[] args) {
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl("http://127.0.0.1:8080/v1")
            .credentials(Credentials.of(System.getenv("IDC4J_TOKEN")))
            .pageSize(2)
            .build()) {
      // The client requests a page when its first row is needed, and polls after a 202.
      client
          .manifest(1, ManifestColumn.GCS_URL)
          .limit(10)
          .forEach(row -> System.out.println(row.gcsUrl()));
    }
  }
}
