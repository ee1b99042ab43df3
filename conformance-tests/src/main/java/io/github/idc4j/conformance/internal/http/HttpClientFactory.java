package io.github.idc4j.conformance.internal.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.HttpClient;
import org.apache.http.conn.ClientConnectionOperator;
import org.apache.http.conn.HttpRoutedConnection;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.conn.routing.HttpRoutePlanner;
import org.apache.http.conn.scheme.Scheme;
import org.apache.http.conn.scheme.SchemeRegistry;
import org.apache.http.conn.ssl.SSLSocketFactory;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.impl.client.DefaultHttpRequestRetryHandler;
import org.apache.http.impl.conn.BasicClientConnectionManager;
import org.apache.http.impl.conn.DefaultClientConnectionOperator;
import org.apache.http.impl.conn.SchemeRegistryFactory;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpCoreContext;
import org.apache.http.protocol.HttpRequestExecutor;

/** Creates HTTP clients that use the proxies and certificates of a run. */
@SuppressWarnings("deprecation") // REST Assured accepts no other client.
final class HttpClientFactory {

  private static final String CONNECT = "CONNECT";
  private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

  private final Network network;
  private final Runnable sending;

  /**
   * Creates a factory. Opens no connection.
   *
   * @param sending called when a client begins to resolve a host, and when the client sends a
   *     request
   */
  HttpClientFactory(Network network, Runnable sending) {
    this.network = network;
    this.sending = sending;
  }

  /**
   * Returns a client that retries no request, because the response to a repeated DELETE differs.
   */
  DefaultHttpClient create() {
    DefaultHttpClient client =
        new DefaultHttpClient(
            new BasicClientConnectionManager(schemes()) {
              @Override
              protected ClientConnectionOperator createConnectionOperator(SchemeRegistry schemes) {
                return new DefaultClientConnectionOperator(
                    schemes, HttpClientFactory.this::resolve);
              }
            }) {
          @Override
          protected HttpRoutePlanner createHttpRoutePlanner() {
            return (target, request, context) -> route(target);
          }

          @Override
          public void setRoutePlanner(HttpRoutePlanner planner) {
            // REST Assured would set a planner that uses the proxies of Java's system properties.
          }

          @Override
          protected HttpRequestExecutor createRequestExecutor() {
            return new ProxyAwareExecutor();
          }
        };
    client.setHttpRequestRetryHandler(new DefaultHttpRequestRetryHandler(0, false));
    client.addRequestInterceptor(
        (request, context) -> {
          sending.run();
          proxy(
                  request,
                  (HttpRoutedConnection) context.getAttribute(HttpCoreContext.HTTP_CONNECTION))
              .flatMap(ProxyServer::authorization)
              .ifPresent(value -> request.setHeader(PROXY_AUTHORIZATION, value));
        });
    return client;
  }

  /** Closes the connections of a client. A request that is in progress fails. */
  static void close(HttpClient client) {
    client.getConnectionManager().shutdown();
  }

  private SchemeRegistry schemes() {
    SchemeRegistry schemes = SchemeRegistryFactory.createDefault();
    network
        .tls()
        .context()
        .ifPresent(
            context ->
                schemes.register(
                    new Scheme(
                        "https",
                        443,
                        new SSLSocketFactory(
                            context,
                            network.tls().insecure()
                                ? SSLSocketFactory.ALLOW_ALL_HOSTNAME_VERIFIER
                                : SSLSocketFactory.BROWSER_COMPATIBLE_HOSTNAME_VERIFIER))));
    return schemes;
  }

  private InetAddress[] resolve(String host) throws UnknownHostException {
    sending.run();
    return InetAddress.getAllByName(host);
  }

  private HttpRoute route(HttpHost target) {
    boolean secure = "https".equalsIgnoreCase(target.getSchemeName());
    return network
        .proxies()
        .proxy(url(target))
        .map(proxy -> new HttpRoute(target, null, proxy.httpHost(), secure))
        .orElseGet(() -> new HttpRoute(target, null, secure));
  }

  private static URI url(HttpHost target) {
    return URI.create(target.toURI());
  }

  /**
   * Returns the proxy that receives a request in plain text. Returns empty if the request has no
   * proxy, or if the proxy only forwards encrypted bytes.
   */
  private Optional<ProxyServer> proxy(HttpRequest request, HttpRoutedConnection connection) {
    HttpRoute route = connection.getRoute();
    boolean read =
        route.getProxyHost() != null
            && (!route.isTunnelled() || request.getRequestLine().getMethod().equals(CONNECT));
    return read ? network.proxies().proxy(url(route.getTargetHost())) : Optional.empty();
  }

  /** Throws {@link ProxyFailure} if a proxy responds in place of the service. */
  private final class ProxyAwareExecutor extends HttpRequestExecutor {
    @Override
    public HttpResponse execute(
        HttpRequest request, HttpClientConnection connection, HttpContext context)
        throws IOException, HttpException {
      HttpResponse response = super.execute(request, connection, context);
      Optional<ProxyServer> proxy = proxy(request, (HttpRoutedConnection) connection);
      int status = response.getStatusLine().getStatusCode();
      boolean refused =
          status == ProxyFailure.AUTHENTICATION_REQUIRED
              || (request.getRequestLine().getMethod().equals(CONNECT) && status >= 300);
      if (proxy.isPresent() && refused) {
        throw new ProxyFailure(proxy.get(), status);
      }
      return response;
    }
  }
}
