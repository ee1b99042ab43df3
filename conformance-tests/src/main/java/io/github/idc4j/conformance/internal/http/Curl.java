package io.github.idc4j.conformance.internal.http;

import java.net.URI;
import java.util.List;

/** Writes shell commands that send a request again. */
final class Curl {

  private final Network network;

  Curl(Network network) {
    this.network = network;
  }

  /**
   * Returns a command that prints the answer with its status and headers.
   *
   * <p>What an earlier answer gave is replaced by the command that gets it, and an ID token or the
   * value of an additional header, by a variable of the environment.
   */
  String command(URI baseUrl, ApiRequest request, ValueSources origins) {
    return "curl -si" + rest(baseUrl, request, origins);
  }

  /** Returns a command that sends the request twice and prints the second answer. */
  String secondCommand(URI baseUrl, ApiRequest request, ValueSources origins) {
    List<ValueSources.Place> places = origins.inTarget(request);
    if (places.isEmpty()) {
      String rest = rest(baseUrl, request, origins);
      return "curl -s -o /dev/null" + rest + "; curl -si" + rest;
    }
    ValueSources.Place place = places.get(0);
    String rest =
        options(baseUrl, request, origins)
            + quoted(
                baseUrl + request.target(),
                List.of(place.as("$T").after(baseUrl.toString().length())));
    return "T=\"" + place.shell() + "\"; curl -s -o /dev/null" + rest + "; curl -si" + rest;
  }

  /** Returns a command that prints the number at a JSON key in the answer. */
  String number(URI baseUrl, ApiRequest request, ValueSources origins, String key) {
    return "curl -s"
        + rest(baseUrl, request, origins)
        + " | sed -n 's/.*\""
        + key
        + "\": *\\([0-9]*\\).*/\\1/p'";
  }

  /** Returns a command that prints the text at a JSON key in the answer, as a URL has it. */
  String text(URI baseUrl, ApiRequest request, ValueSources origins, String key) {
    // Base64 may have + and /, which JSON may write as \/, and ends with =.
    return "curl -s"
        + rest(baseUrl, request, origins)
        + " | sed -n 's/.*\""
        + key
        + "\": *\"\\([^\"]*\\)\".*/\\1/p' | sed 's|\\\\/|/|g;s|%|%25|g;s|+|%2B|g;s|/|%2F|g;s|=|%3D|g'";
  }

  private String rest(URI baseUrl, ApiRequest request, ValueSources origins) {
    int before = baseUrl.toString().length();
    return options(baseUrl, request, origins)
        + quoted(
            baseUrl + request.target(),
            origins.inTarget(request).stream().map(place -> place.after(before)).toList());
  }

  private String options(URI baseUrl, ApiRequest request, ValueSources origins) {
    StringBuilder options = new StringBuilder(network.curlOptions(baseUrl));
    if (!request.method().equals("GET")) {
      options.append(" -X ").append(request.method());
    }
    if (request.caller() != Caller.NONE) {
      options.append(" -H \"Authorization: Bearer ").append(request.caller().shown()).append('"');
    }
    if (request.contentType() != null) {
      options.append(" -H ").append(quoted("Content-Type: " + request.contentType(), List.of()));
    }
    if (request.contentType() == null && request.body() != null) {
      // curl declares a body to be a form by itself.
      options.append(" -H 'Content-Type:'");
    }
    if (request.body() != null) {
      options.append(" --data-binary ").append(quoted(request.body(), origins.inBody(request)));
    }
    return options.append(' ').toString();
  }

  /** Returns a word of the shell, in which places are replaced by what the shell puts there. */
  private static String quoted(String text, List<ValueSources.Place> places) {
    StringBuilder word = new StringBuilder();
    int end = 0;
    for (ValueSources.Place place : places) {
      word.append(quoted(text.substring(end, place.start())))
          .append('"')
          .append(place.shell())
          .append('"');
      end = place.end();
    }
    return word + (end == text.length() && end > 0 ? "" : quoted(text.substring(end)));
  }

  /** Returns a word of the shell. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
