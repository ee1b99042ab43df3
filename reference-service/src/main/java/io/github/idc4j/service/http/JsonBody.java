package io.github.idc4j.service.http;

import io.github.idc4j.service.result.Result;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The JSON object in the body of a response. */
final class JsonBody {

  private final ByteBuffer json;
  private final RowArray.Gap gap;

  private JsonBody(ByteBuffer json, RowArray.Gap gap) {
    this.json = json;
    this.gap = gap;
  }

  static JsonBody of(Map<String, Object> members) {
    RowArray.Gap gap = new RowArray.Gap();
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    Json.MAPPER.writer().withAttribute(RowArray.Gap.class, gap).writeValue(json, members);
    return new JsonBody(ByteBuffer.wrap(json.toByteArray()), gap);
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
      response.write(true, json, callback);
      return;
    }
    Result.Rows rows = gap.rows().get();
    // Otherwise the response is chunked, which takes clients longer to read.
    rows.bytes()
        .ifPresent(
            bytes -> response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes + json.limit()));
    ByteBuffer head = json.slice(0, gap.position());
    ByteBuffer tail = json.slice(gap.position(), json.limit() - gap.position());
    RowWriter writer = new RowWriter(response, deadlines, threads, head, rows, tail, callback);
    threads.execute(writer::iterate);
  }
}
