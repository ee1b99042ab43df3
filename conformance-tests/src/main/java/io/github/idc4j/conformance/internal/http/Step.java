package io.github.idc4j.conformance.internal.http;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A request with the sources of the values that it takes from earlier responses.
 *
 * @param inTarget parts of the target that come from earlier responses
 * @param inBody parts of the body that come from earlier responses
 */
record Step(URI baseUrl, ApiRequest request, List<Part> inTarget, List<Part> inBody) {

  /**
   * A part of a text that comes from an earlier response.
   *
   * @param start index of the first character of the part
   * @param end index after the last character of the part
   * @param source the source of the part
   */
  record Part(int start, int end, ValueSource source) {}

  /**
   * Returns the sources of all values. A source that needs values itself comes after the sources of
   * these values.
   */
  Set<ValueSource> sources() {
    Set<ValueSource> sources = new LinkedHashSet<>();
    addSources(sources);
    return sources;
  }

  private void addSources(Set<ValueSource> sources) {
    Stream.concat(inTarget.stream(), inBody.stream())
        .map(Part::source)
        .filter(source -> !sources.contains(source))
        .forEach(
            source -> {
              source.step().addSources(sources);
              sources.add(source);
            });
  }

  /** Returns the sources whose request saved a cohort. */
  List<ValueSource> savedCohorts() {
    return sources().stream().filter(source -> source.step().request().isSaving()).toList();
  }

  /** Returns a short description of the request, for a comment in a script. */
  String title() {
    if (request.isSaving()) {
      return "Save a cohort";
    }
    return request.path().endsWith("/nextPage") ? "Get the next page" : "Get the first page";
  }
}
