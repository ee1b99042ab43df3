import io.github.idc4j.client.IdcClient;

class GetDicomMetadata {
  public static void main(String[] args) {
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl("http://127.0.0.1:8080/v1")
            .pageSize(2)
            .build()) {
      // The client requests a page when its first row is needed, and polls after a 202.
      client.dicomMetadata().limit(10).forEach(System.out::println);
    }
  }
}
