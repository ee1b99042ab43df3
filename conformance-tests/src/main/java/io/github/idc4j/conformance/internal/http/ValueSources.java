package io.github.idc4j.conformance.internal.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Collects page tokens and cohort identifiers from responses. */
final class ValueSources {

  private final List<ValueSource> sources = new ArrayList<>();

  /** Returns a request with the sources of the values that it takes from earlier responses. */
  Step step(URI baseUrl, ApiRequest request) {
    return new Step(baseUrl, request, inTarget(request), inBody(request));
  }

  /** Returns the part of the request's target that came from a response; at most one element. */
  private List<Step.Part> inTarget(ApiRequest request) {
    return sources.stream()
        .filter(source -> source.start(request) >= 0)
        .limit(1)
        .map(
            source -> {
              int start = source.start(request);
              return new Step.Part(start, start + source.value().length(), source);
            })
        .toList();
  }

  /**
   * Returns the parts of the body of a DELETE request that are cohort identifiers from responses.
   */
  private List<Step.Part> inBody(ApiRequest request) {
    if (!request.method().equals("DELETE") || request.body() == null) {
      return List.of();
    }
    return sources.stream()
        .filter(source -> source.kind() == ValueSource.Kind.COHORT_ID)
        .flatMap(
            source ->
                numbers(request.body())
                    .filter(number -> number.group().equals(source.value()))
                    .map(number -> new Step.Part(number.start(), number.end(), source)))
        .sorted(Comparator.comparing(Step.Part::start))
        .toList();
  }

  private static Stream<MatchResult> numbers(String body) {
    return Pattern.compile("(?<![\\w.-])\\d+(?![\\w.-])").matcher(body).results();
  }

  /** Collects the values in a response. */
  void learn(URI baseUrl, Exchange exchange) {
    ApiRequest request = exchange.request();
    if (exchange.status() != 200 && exchange.status() != 202) {
      return;
    }
    if (request.method().equals("DELETE")) {
      // The identifier now means a deleted cohort, so commands must not save a new cohort for it.
      sources.removeIf(source -> source.start(request) >= 0);
      return;
    }
    JsonNode body = exchange.outline();
    String token = body.path("next_page").asString(body.at("/query_info/next_page").asString(""));
    if (!token.isEmpty()) {
      add(ValueSource.Kind.PAGE_TOKEN, ApiRequest.encoded(token), step(baseUrl, request));
    }
    JsonNode cohort = body.at("/cohort_properties/cohort_id");
    if (cohort.isIntegralNumber()) {
      add(ValueSource.Kind.COHORT_ID, cohort.asString(), step(baseUrl, request));
    }
  }

  private void add(ValueSource.Kind kind, String value, Step step) {
    sources.add(new ValueSource(kind, value, step));
  }
}
