package io.github.idc4j.service.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Serves a file of a web page. The file is read when it is first requested. */
final class PageFile {

  static final String HTML = "text/html; charset=utf-8";
  static final String CSS = "text/css; charset=utf-8";
  static final String SCRIPT = "text/javascript; charset=utf-8";

  /** Returns the content of a file. */
  @FunctionalInterface
  interface Content {
    String read() throws IOException;
  }

  private PageFile() {}

  /**
   * Returns the route of a file.
   *
   * @param slashed see {@link Route}
   * @param type the value of the {@code Content-Type} header
   * @param policy the value of the {@code Content-Security-Policy} header
   */
  static Route route(String path, boolean slashed, String type, String policy, Content content) {
    return Route.of(path, slashed, Map.of("GET", handler(type, policy, content)));
  }

  /** Returns the handler of a file, with the parameters of {@link #route}. */
  static Handler handler(String type, String policy, Content content) {
    AtomicReference<Reply> known = new AtomicReference<>();
    return Handler.of(
        request -> {
          if (known.get() == null) {
            known.set(reply(type, policy, content));
          }
          return known.get();
        });
  }

  private static Reply reply(String type, String policy, Content content) {
    try {
      return Reply.text(type, content.read()).with(CommonHeaders.CONTENT_SECURITY_POLICY, policy);
    } catch (IOException e) {
      throw new UncheckedIOException("The files of a page cannot be read", e);
    }
  }

  /** Returns the text of a resource on the class path; its name is relative to this package. */
  static String read(String resource) throws IOException {
    try (InputStream file = PageFile.class.getResourceAsStream(resource)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
