package io.github.idc4j.service.http;

import io.github.idc4j.service.result.PageRows;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The body of a response: text, or JSON that may contain many rows. */
final class ReplyBody {

  private final ByteBuffer text;
  private final RowArray.Gap gap;

  private ReplyBody(ByteBuffer text, RowArray.Gap gap) {
    this.text = text;
    this.gap = gap;
  }

  static ReplyBody text(String text) {
    return new ReplyBody(
        ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), new RowArray.Gap());
  }

  static ReplyBody json(Map<String, ?> members) {
    RowArray.Gap gap = new RowArray.Gap();
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    Json.MAPPER.writer().withAttribute(RowArray.Gap.class, gap).writeValue(json, members);
    return new ReplyBody(ByteBuffer.wrap(json.toByteArray()), gap);
  }

  /**
   * Writes the body, which must have no rows, without waiting for the client. Jetty omits the body
   * if the method is HEAD.
   */
  void write(Response response, Callback callback) {
    response.write(true, text.slice(), callback);
  }

  /**
   * Writes the body, without waiting for the client.
   *
   * @param deadlines limit the time in which the client must receive each part
   * @param threads write the rows
   */
  void write(Response response, Deadlines deadlines, Executor threads, Callback callback) {
    if (gap.rows().isEmpty()) {
      deadlines.awaitReader(response.getRequest());
      write(response, callback);
      return;
    }
    PageRows rows = gap.rows().get();
    // Otherwise the response is chunked, which takes clients longer to read.
    rows.bytes()
        .ifPresent(
            bytes -> response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes + text.limit()));
    if (HttpMethod.HEAD.is(response.getRequest().getMethod())) {
      writeNoRows(response, rows, callback);
      return;
    }
    ByteBuffer head = text.slice(0, gap.position());
    ByteBuffer tail = text.slice(gap.position(), text.limit() - gap.position());
    RowWriter writer = new RowWriter(response, deadlines, threads, head, rows, tail, callback);
    threads.execute(writer::iterate);
  }

  private static void writeNoRows(Response response, PageRows rows, Callback callback) {
    if (rows.bytes().isPresent()) {
      response.write(true, null, callback);
    } else {
      // In one step, Jetty would announce a body of no bytes.
      response.write(
          false, null, Callback.from(() -> response.write(true, null, callback), callback::failed));
    }
  }
}
