package io.github.idc4j.conformance.http;

import java.net.URI;
import java.util.Optional;

/** Writes shell commands that send a request again. */
final class Curl {

  private Curl() {}

  /**
   * Returns a command that prints the answer's body, or with {@code head} its status and headers
   * too.
   *
   * <p>What an earlier answer gave is replaced by the command that gets it, and an ID token by a
   * variable of the environment.
   */
  static String command(URI baseUrl, Call call, Optional<Origin> origin, boolean head) {
    StringBuilder curl = new StringBuilder(head ? "curl -si" : "curl -s");
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
    String address = baseUrl + call.target();
    if (origin.isEmpty()) {
      return curl.append(' ').append(quoted(address)).toString();
    }
    int value = baseUrl.toString().length() + origin.get().start(call);
    int end = value + origin.get().value().length();
    return curl.append(' ')
        .append(quoted(address.substring(0, value)))
        .append("\"$(")
        .append(origin.get().command())
        .append(")\"")
        .append(end == address.length() ? "" : quoted(address.substring(end)))
        .toString();
  }

  /** Returns a command that prints the value of a JSON key in the output of another command. */
  static String value(String command, String key) {
    return command + " | sed -n 's/.*\"" + key + "\": *\"\\{0,1\\}\\([^\",}]*\\).*/\\1/p'";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
