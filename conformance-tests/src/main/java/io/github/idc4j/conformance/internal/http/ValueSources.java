package io.github.idc4j.conformance.internal.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Learns from answers where page tokens and saved cohorts come from. */
final class ValueSources {

  private final Curl curl;
  private final List<ValueSource> origins = new ArrayList<>();

  ValueSources(Curl curl) {
    this.curl = curl;
  }

  /**
   * A part of a request that came from an answer.
   *
   * @param start of the part in the text
   * @param end after the part
   * @param shell what a shell puts there, within double quotes
   */
  record Place(int start, int end, String shell) {

    /** Returns the place in a text that has so many characters more before it. */
    Place after(int more) {
      return new Place(start + more, end + more, shell);
    }

    /** Returns the place with another part in it. */
    Place as(String newShell) {
      return new Place(start, end, newShell);
    }
  }

  /** Returns the part of the request's target that came from an answer: one at most. */
  List<Place> inTarget(ApiRequest request) {
    return origins.stream()
        .filter(origin -> origin.start(request) >= 0)
        .limit(1)
        .map(
            origin ->
                new Place(
                    origin.start(request),
                    origin.start(request) + origin.value().length(),
                    shell(origin)))
        .toList();
  }

  /** Returns the identifiers of cohorts in the body of a deletion. */
  List<Place> inBody(ApiRequest request) {
    if (!request.method().equals("DELETE")) {
      return List.of();
    }
    return origins.stream()
        .filter(origin -> origin.before().equals(ValueSource.OF_COHORT))
        .flatMap(
            origin ->
                numbers(request.body())
                    .filter(number -> number.group().equals(origin.value()))
                    .map(number -> new Place(number.start(), number.end(), shell(origin))))
        .sorted(Comparator.comparing(Place::start))
        .toList();
  }

  private static Stream<MatchResult> numbers(String body) {
    return Pattern.compile("(?<![\\w.-])\\d+(?![\\w.-])").matcher(body).results();
  }

  private static String shell(ValueSource origin) {
    return "$(" + origin.command() + ")";
  }

  /** Learns from an answer. */
  void learn(URI baseUrl, Exchange exchange) {
    ApiRequest request = exchange.request();
    if (exchange.status() != 200 && exchange.status() != 202) {
      return;
    }
    if (request.method().equals("DELETE")) {
      // Its identifier stands for a deleted cohort from now on; a new one would not.
      origins.removeIf(origin -> origin.start(request) >= 0);
      return;
    }
    JsonNode body = exchange.outline();
    String token = body.path("next_page").asString(body.at("/query_info/next_page").asString(""));
    if (!token.isEmpty()) {
      String command = curl.text(baseUrl, request, this, "next_page");
      origins.add(new ValueSource(ValueSource.OF_TOKEN, ApiRequest.encoded(token), command));
    }
    JsonNode cohort = body.at("/cohort_properties/cohort_id");
    if (cohort.isIntegralNumber()) {
      String command = curl.number(baseUrl, request, this, "cohort_id");
      origins.add(new ValueSource(ValueSource.OF_COHORT, cohort.asString(), command));
    }
  }

  void forget() {
    origins.clear();
  }
}
