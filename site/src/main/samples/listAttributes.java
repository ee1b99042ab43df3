import io.github.idc4j.client.IdcClient;

class ListAttributes {
  public static void main(String[] args) {
    try (IdcClient client = IdcClient.builder().baseUrl("http://127.0.0.1:8080/v1").build()) {
      for (var source : client.attributes()) {
        System.out.println(source.dataSource() + ": " + source.attributes().size());
      }
    }
  }
}
