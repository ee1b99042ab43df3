import io.github.idc4j.client.IdcClient;

class ListCollections {
  public static void main(String[] args) {
    try (IdcClient client = IdcClient.builder().baseUrl("http://127.0.0.1:8080/v1").build()) {
      client.collections().forEach(collection -> System.out.println(collection.collectionId()));
    }
  }
}
