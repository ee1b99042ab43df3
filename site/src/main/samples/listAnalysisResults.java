import io.github.idc4j.client.IdcClient;

class ListAnalysisResults {
  public static void main(String[] args) {
    try (IdcClient client = IdcClient.builder().baseUrl("http://127.0.0.1:8080/v1").build()) {
      client.analysisResults().forEach(result -> System.out.println(result.description()));
    }
  }
}
