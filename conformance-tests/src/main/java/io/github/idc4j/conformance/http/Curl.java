package io.github.idc4j.conformance.http;

import java.net.URI;
import java.util.List;

/** Writes shell commands that send a request again. */
final class Curl {

  private Curl() {}

  /**
   * Returns a command that prints the answer with its status and headers.
   *
   * <p>What an earlier answer gave is replaced by the command that gets it, and an ID token by a
   * variable of the environment.
   */
  static String command(URI baseUrl, Call call, Origins origins) {
    return "curl -si" + rest(baseUrl, call, origins);
  }

  /** Returns a command that sends the request twice and prints the second answer. */
  static String secondCommand(URI baseUrl, Call call, Origins origins) {
    List<Origins.Place> places = origins.inTarget(call);
    if (places.isEmpty()) {
      String rest = rest(baseUrl, call, origins);
      return "curl -s -o /dev/null" + rest + "; curl -si" + rest;
    }
    Origins.Place place = places.get(0);
    String rest =
        options(call, origins)
            + quoted(
                baseUrl + call.target(),
                List.of(place.as("$T").after(baseUrl.toString().length())));
    return "T=\"" + place.shell() + "\"; curl -s -o /dev/null" + rest + "; curl -si" + rest;
  }

  /** Returns a command that prints the number at a JSON key in the answer. */
  static String number(URI baseUrl, Call call, Origins origins, String key) {
    return "curl -s"
        + rest(baseUrl, call, origins)
        + " | sed -n 's/.*\""
        + key
        + "\": *\\([0-9]*\\).*/\\1/p'";
  }

  /** Returns a command that prints the text at a JSON key in the answer, as a URL has it. */
  static String text(URI baseUrl, Call call, Origins origins, String key) {
    // Base64 may have + and /, which JSON may write as \/, and ends with =.
    return "curl -s"
        + rest(baseUrl, call, origins)
        + " | sed -n 's/.*\""
        + key
        + "\": *\"\\([^\"]*\\)\".*/\\1/p' | sed 's|\\\\/|/|g;s|%|%25|g;s|+|%2B|g;s|/|%2F|g;s|=|%3D|g'";
  }

  private static String rest(URI baseUrl, Call call, Origins origins) {
    int before = baseUrl.toString().length();
    return options(call, origins)
        + quoted(
            baseUrl + call.target(),
            origins.inTarget(call).stream().map(place -> place.after(before)).toList());
  }

  private static String options(Call call, Origins origins) {
    StringBuilder options = new StringBuilder();
    if (!call.method().equals("GET")) {
      options.append(" -X ").append(call.method());
    }
    if (call.bearer() != Bearer.NONE) {
      options.append(" -H \"Authorization: Bearer ").append(call.bearer().shown()).append('"');
    }
    if (call.contentType() != null) {
      options.append(" -H ").append(quoted("Content-Type: " + call.contentType(), List.of()));
    }
    if (call.contentType() == null && call.body() != null) {
      // curl declares a body to be a form by itself.
      options.append(" -H 'Content-Type:'");
    }
    if (call.body() != null) {
      options.append(" --data-binary ").append(quoted(call.body(), origins.inBody(call)));
    }
    return options.append(' ').toString();
  }

  /** Returns a word of the shell, in which places are replaced by what the shell puts there. */
  private static String quoted(String text, List<Origins.Place> places) {
    StringBuilder word = new StringBuilder();
    int end = 0;
    for (Origins.Place place : places) {
      word.append(quoted(text.substring(end, place.start())))
          .append('"')
          .append(place.shell())
          .append('"');
      end = place.end();
    }
    return word + (end == text.length() && end > 0 ? "" : quoted(text.substring(end)));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
