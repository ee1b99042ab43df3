import io.github.idc4j.client.IdcClient;

class GetNextDicomMetadataPage {
  public static void main(String[] args) {
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl("http://127.0.0.1:8080/v1")
            .pageSize(2)
            .build()) {
      var pages = client.dicomMetadata().pages().iterator();
      // The iterator keeps the page token and sends it to get the next page.
      for (int i = 0; i < 2 && pages.hasNext(); i++) {
        System.out.println(pages.next().rows());
      }
    }
  }
}
