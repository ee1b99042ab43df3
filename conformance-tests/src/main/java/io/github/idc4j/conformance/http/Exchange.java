package io.github.idc4j.conformance.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request with its answer.
 *
 * <p>{@code origin} is the command that gets the page token of the request, if it has one.
 */
public final class Exchange {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI baseUrl;
  private final Call call;
  private final Optional<String> origin;
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private JsonNode json;

  Exchange(
      URI baseUrl,
      Call call,
      Optional<String> origin,
      int status,
      Map<String, String> headers,
      byte[] body) {
    this.baseUrl = baseUrl;
    this.call = call;
    this.origin = origin;
    this.status = status;
    this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    this.headers.putAll(headers);
    this.body = body;
  }

  /** Returns the request. */
  public Call call() {
    return call;
  }

  /** Returns the status of the answer. */
  public int status() {
    return status;
  }

  /** Returns a header of the answer; empty text where it is absent. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Returns the text of the answer's body. */
  public String body() {
    return new String(body, StandardCharsets.UTF_8);
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

  /**
   * Returns a shell command that sends the request again.
   *
   * <p>A token in it is replaced by the command that gets one, and an ID token by a variable of the
   * environment.
   */
  public String curl() {
    StringBuilder curl = new StringBuilder("curl -s");
    if (!call.method().equals("GET")) {
      curl.append(" -X ").append(call.method());
    }
    if (call.bearer() != Bearer.NONE) {
      curl.append(" -H \"Authorization: Bearer ").append(call.bearer().shown()).append('"');
    }
    if (call.contentType() != null) {
      curl.append(" -H ").append(quoted("Content-Type: " + call.contentType()));
    }
    if (call.body() != null) {
      curl.append(" --data-binary ").append(quoted(call.body()));
    }
    curl.append(' ');
    String address = baseUrl + call.target();
    if (origin.isEmpty()) {
      return curl.append(quoted(address)).toString();
    }
    int token = address.indexOf("next_page=") + "next_page=".length();
    int end = address.indexOf('&', token);
    return curl.append(quoted(address.substring(0, token)))
        .append("\"$(")
        .append(origin.get())
        .append(" | sed -n 's/.*\"next_page\": *\"\\([^\"]*\\)\".*/\\1/p')\"")
        .append(end < 0 ? "" : quoted(address.substring(end)))
        .toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
