package io.github.idc4j.conformance.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

/** An HTTP proxy on loopback, also for CONNECT. It connects every host to the same port. */
public final class ForwardProxy extends Relay {

  private final String authorization;
  private final IntFunction<Integer> refusal;
  private final List<String> heads = new CopyOnWriteArrayList<>();

  /**
   * Starts a proxy.
   *
   * @param user required user and password; empty for none
   * @param refusal status code for the number of a request, which begins with 1; 0 to forward it
   */
  public static ForwardProxy start(int target, String user, IntFunction<Integer> refusal)
      throws IOException {
    ForwardProxy proxy = new ForwardProxy(target, user, refusal);
    proxy.start();
    return proxy;
  }

  public static ForwardProxy start(int target, String user) throws IOException {
    return start(target, user, number -> 0);
  }

  private ForwardProxy(int target, String user, IntFunction<Integer> refusal) throws IOException {
    super(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
    this.refusal = refusal;
    this.authorization =
        user.isEmpty()
            ? ""
            : "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8))
                + "\r\n";
  }

  @Override
  void handle(Socket client) throws IOException {
    String head = head(client.getInputStream());
    if (head.isEmpty()) {
      return;
    }
    heads.add(head);
    int status = head.contains(authorization) ? refusal.apply(heads.size()) : 407;
    if (status != 0) {
      respond(client, status + " Refused\r\nProxy-Authenticate: Basic realm=\"proxy\"");
      return;
    }
    try (Socket service = connect()) {
      if (head.startsWith("CONNECT ")) {
        client
            .getOutputStream()
            .write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } else {
        String forwarded =
            head.replaceFirst(" http://[^/]+", " ")
                .replaceAll("(Proxy-\\S+|Connection): .*\r\n", "")
                .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
        received(forwarded);
        service.getOutputStream().write(forwarded.getBytes(StandardCharsets.ISO_8859_1));
      }
      exchange(client, service);
    }
  }

  private static void respond(Socket client, String statusAndHeaders) throws IOException {
    client
        .getOutputStream()
        .write(
            ("HTTP/1.1 " + statusAndHeaders + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** Returns the requests that the proxy itself read. */
  public List<String> heads() {
    return heads;
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  public String url(String user) {
    return "http://" + user + "@127.0.0.1:" + port();
  }
}
