package io.github.idc4j.conformance.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request with its response. */
public final class Exchange {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int EXCERPT = 300;
  private static final int LONG_EXCERPT = 4000;

  private final ApiRequest request;
  private final Redaction redaction;
  private final int status;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final byte[] body;
  private JsonNode json;

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

  /** Returns a header of the response; empty text if it is absent. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Returns the text of the response body. */
  public String body() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Returns a number that is the same for bodies which differ in their page token only. */
  int content() {
    if (!json().isObject()) {
      return Arrays.hashCode(body);
    }
    int content = 0;
    for (Map.Entry<String, JsonNode> member : json().properties()) {
      if (!member.getKey().equals("next_page")) {
        content += member.hashCode();
      }
    }
    return content;
  }

  /** Returns the beginning of the body, for a message; never an ID token. */
  public String excerpt() {
    return cut(body(), EXCERPT);
  }

  /** Returns status, headers and the beginning of the body; never an ID token. */
  public String text() {
    StringBuilder text = new StringBuilder("HTTP " + status + "\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    String shown =
        json().isMissingNode()
            ? body()
            : JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json());
    return redaction.of(text.toString()) + "\n" + cut(shown, LONG_EXCERPT);
  }

  private String cut(String text, int length) {
    // An ID token must be found before the end of the excerpt cuts it.
    String clean = redaction.of(text);
    return clean.length() > length ? clean.substring(0, length) + " ..." : clean;
  }

  /** Returns whether the response is that of a server without such an operation. */
  public boolean isOfMissingOperation() {
    return Set.of(404, 405, 410, 501).contains(status) && !json().has("code");
  }

  /** Returns the body as JSON; a missing node where it is not JSON. */
  public JsonNode json() {
    if (json == null) {
      try {
        json = JSON.readTree(body);
      } catch (JacksonException e) {
        json = JSON.missingNode();
      }
    }
    return json;
  }
}
