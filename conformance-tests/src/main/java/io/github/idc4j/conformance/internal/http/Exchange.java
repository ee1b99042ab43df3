package io.github.idc4j.conformance.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request and its response. */
public final class Exchange {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int EXCERPT = 300;
  private static final int LONG_EXCERPT = 4000;

  /**
   * Number of bytes from which a body counts as large. A page of 1,000 complete rows is smaller.
   */
  private static final int LARGE_BODY = 4 << 20;

  private final ApiRequest request;
  private final Redaction redaction;
  private final int status;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final byte[] body;
  private JsonNode json;
  private JsonNode outline;

  Exchange(
      ApiRequest request,
      Redaction redaction,
      int status,
      Map<String, String> headers,
      byte[] body) {
    this.request = request;
    this.redaction = redaction;
    this.status = status;
    this.headers.putAll(headers);
    this.body = body;
  }

  /** Returns the request. */
  public ApiRequest request() {
    return request;
  }

  /** Returns the status code of the response. */
  public int status() {
    return status;
  }

  /** Returns a header of the response, or an empty string if the response lacks the header. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Returns the response body as text. */
  public String body() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Returns a hash code of the body that ignores the page token. */
  int content() {
    if (!outline().isObject()) {
      return Arrays.hashCode(body);
    }
    int content = 0;
    for (Map.Entry<String, JsonNode> member : outline().properties()) {
      if (!member.getKey().equals("next_page")) {
        content += member.hashCode();
      }
    }
    return content;
  }

  /** Returns the beginning of the body for a message, without ID tokens. */
  public String excerpt() {
    return cut(body(), EXCERPT);
  }

  /** Returns the status, the headers and the beginning of the body, without ID tokens. */
  public String text() {
    StringBuilder text = new StringBuilder("HTTP " + status + "\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    String shown = json().isMissingNode() ? body() : pretty(json());
    if (shown.length() > LONG_EXCERPT && json().isObject()) {
      shown = pretty(Outline.shortened(json()));
    }
    return redaction.of(text.toString()) + "\n" + cut(shown, LONG_EXCERPT);
  }

  private static String pretty(JsonNode json) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
  }

  private String cut(String text, int length) {
    // Replace ID tokens before cutting the text; otherwise, a part of a token could remain.
    String clean = redaction.of(text);
    return clean.length() > length ? clean.substring(0, length) + " ..." : clean;
  }

  /** Returns whether the response shows that the server lacks the requested operation. */
  public boolean isOfMissingOperation() {
    return Set.of(404, 405, 410, 501).contains(status) && !json().has("code");
  }

  /** Returns the body as JSON, or a missing node if the body is not JSON. */
  public JsonNode json() {
    if (json == null) {
      json = read(JSON::readTree);
    }
    return json;
  }

  /**
   * Returns the body as JSON, possibly without some cells. A large body has all rows, but only a
   * sample of the rows is complete. The other rows have only the sort columns.
   */
  public JsonNode outline() {
    if (body.length < LARGE_BODY || json != null) {
      return json();
    }
    if (outline == null) {
      outline = read(bytes -> Outline.of(JSON, bytes));
    }
    return outline;
  }

  private JsonNode read(Function<byte[], JsonNode> reader) {
    try {
      return reader.apply(body);
    } catch (JacksonException e) {
      return JSON.missingNode();
    }
  }
}
