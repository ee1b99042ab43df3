import io.github.idc4j.client.IdcClient;
import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.OkHttpClient;

/** Sends requests through an HTTP proxy, with an API key for the service. */
class ConfigureHttp {
  public static void main(String[] args) {
    var address =
        new InetSocketAddress(
            System.getenv("PROXY_HOST"), Integer.parseInt(System.getenv("PROXY_PORT")));
    var http = new OkHttpClient.Builder().proxy(new Proxy(Proxy.Type.HTTP, address)).build();
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl(args[0])
            .httpClient(http)
            .header("X-API-Key", System.getenv("API_KEY"))
            .build()) {
      System.out.println(client.collections().size());
    }
  }
}
