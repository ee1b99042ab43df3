package io.github.idc4j.conformance.internal.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Creates shell commands that send a request again and print its response with status and headers.
 *
 * <p>If the request needs a value of an earlier response, the commands send the earlier request
 * too. ID tokens and the values of additional headers are environment variables. One or two
 * requests make a single line. More requests, or requests that save a cohort and delete it again,
 * make a script with numbered comments, which can be pasted as a whole. The commands need curl and
 * sed, and work in bash and POSIX sh.
 */
final class Curl {

  private static final int MAX_REQUESTS_OF_A_LINE = 2;
  private static final String GET = "curl -s";
  private static final String FIRST_TIME = "curl -s -o /dev/null";
  private static final String SHOW = "curl -si";

  private final Network network;

  /**
   * Creates an instance.
   *
   * @param network how curl reaches the service
   */
  Curl(Network network) {
    this.network = network;
  }

  /** Returns commands that send the request of a step once. */
  String once(Step step) {
    return step.sources().size() + 1 <= MAX_REQUESTS_OF_A_LINE && step.savedCohorts().isEmpty()
        ? SHOW + arguments(step, this::nested)
        : script(step, false);
  }

  /** Returns commands that send the request of a step twice and print the second response. */
  String twice(Step step) {
    if (!step.sources().isEmpty()) {
      return script(step, true);
    }
    String arguments = arguments(step, this::nested);
    return FIRST_TIME + arguments + "; " + SHOW + arguments;
  }

  private String script(Step step, boolean isTwice) {
    Map<ValueSource, String> variables = new HashMap<>();
    Function<ValueSource, String> names = source -> "$" + variables.get(source);
    List<String> lines = new ArrayList<>();
    step.sources().stream()
        .map(ValueSource::kind)
        .distinct()
        .forEach(kind -> lines.add(kind.variable() + "() { " + filter(kind) + "; }"));
    int number = 1;
    for (ValueSource source : step.sources()) {
      String function = source.kind().variable();
      String variable = function + "_" + number;
      lines.add("# " + number + ". " + source.step().title());
      lines.add(variable + "=$(" + GET + arguments(source.step(), names) + " | " + function + ")");
      variables.put(source, variable);
      number++;
    }
    String arguments = arguments(step, names);
    if (isTwice) {
      lines.add("# " + number + ". Send the request for the first time");
      lines.add(FIRST_TIME + arguments);
      number++;
      lines.add("# " + number + ". Send the same request again: the response differs");
    } else {
      lines.add("# " + number + ". Send the request of the finding");
    }
    lines.add(SHOW + arguments);
    for (ValueSource cohort : step.savedCohorts()) {
      number++;
      lines.add("# " + number + ". Delete the cohort");
      lines.add(FIRST_TIME + deletion(cohort, names.apply(cohort)));
    }
    return String.join("\n", lines);
  }

  /**
   * Returns the curl arguments that delete a saved cohort.
   *
   * @param id shell expression for the identifier of the cohort
   */
  private String deletion(ValueSource cohort, String id) {
    Step saving = cohort.step();
    return network.curlOptions(saving.baseUrl())
        + " -X DELETE -H \"Authorization: Bearer "
        + saving.request().caller().shown()
        + "\" "
        + quoted(saving.baseUrl() + "/cohorts/")
        + '"'
        + id
        + '"';
  }

  private String nested(ValueSource source) {
    return "$("
        + GET
        + arguments(source.step(), this::nested)
        + " | "
        + filter(source.kind())
        + ")";
  }

  /** Returns a shell command that reads a response and prints a value of it. */
  private static String filter(ValueSource.Kind kind) {
    return switch (kind) {
      case COHORT_ID -> "sed -n 's/.*\"cohort_id\": *\\([0-9]*\\).*/\\1/p'";
      // A Base64 token may contain + and / (in JSON also written as \/), and may end with =.
      case PAGE_TOKEN ->
          "sed -n 's/.*\"next_page\": *\"\\([^\"]*\\)\".*/\\1/p'"
              + " | sed 's|\\\\/|/|g;s|%|%25|g;s|+|%2B|g;s|/|%2F|g;s|=|%3D|g'";
    };
  }

  /**
   * Returns the curl arguments that send the request of a step.
   *
   * @param values returns the shell expression for a value, to be placed within double quotes
   */
  private String arguments(Step step, Function<ValueSource, String> values) {
    ApiRequest request = step.request();
    StringBuilder arguments = new StringBuilder(network.curlOptions(step.baseUrl()));
    if (!request.method().equals("GET")) {
      arguments.append(" -X ").append(request.method());
    }
    if (request.caller() != Caller.NONE) {
      arguments.append(" -H \"Authorization: Bearer ").append(request.caller().shown()).append('"');
    }
    if (request.contentType() != null) {
      arguments.append(" -H ").append(quoted("Content-Type: " + request.contentType()));
    } else if (request.body() != null) {
      // Without an empty Content-Type, curl would declare the body to be a form.
      arguments.append(" -H 'Content-Type:'");
    }
    if (request.body() != null) {
      arguments.append(" --data-binary ").append(quoted("", request.body(), step.inBody(), values));
    }
    return arguments
        .append(' ')
        .append(quoted(step.baseUrl().toString(), request.target(), step.inTarget(), values))
        .toString();
  }

  /**
   * Returns a text as a shell word in which shell expressions replace the given parts.
   *
   * @param before text to put before the other text
   */
  private static String quoted(
      String before, String text, List<Step.Part> parts, Function<ValueSource, String> values) {
    StringBuilder word = new StringBuilder();
    String literal = before;
    int end = 0;
    for (Step.Part part : parts) {
      literal += text.substring(end, part.start());
      word.append(quoted(literal)).append('"').append(values.apply(part.source())).append('"');
      literal = "";
      end = part.end();
    }
    literal += text.substring(end);
    return literal.isEmpty() && !word.isEmpty() ? word.toString() : word + quoted(literal);
  }

  /** Returns a text as a quoted shell word. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
