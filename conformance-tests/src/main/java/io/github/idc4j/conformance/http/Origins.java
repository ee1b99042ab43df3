package io.github.idc4j.conformance.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Learns from answers where page tokens and saved cohorts come from. */
final class Origins {

  private final List<Origin> origins = new ArrayList<>();

  /** Returns where a value in the target of the request comes from, if it came from an answer. */
  Optional<Origin> of(Call call) {
    return origins.stream().filter(origin -> origin.start(call) >= 0).findFirst();
  }

  /** Learns from an answer. */
  void learn(URI baseUrl, Exchange exchange) {
    Call call = exchange.call();
    if (exchange.status() != 200 && exchange.status() != 202) {
      return;
    }
    if (call.method().equals("DELETE")) {
      // Its identifier stands for a deleted cohort from now on; a new one would not.
      origins.removeIf(origin -> origin.start(call) >= 0);
      return;
    }
    JsonNode body = exchange.json();
    String token = body.path("next_page").asString(body.at("/query_info/next_page").asString(""));
    if (!token.isEmpty()) {
      add(baseUrl, call, "next_page=", Call.encoded(token), "next_page");
    }
    JsonNode cohort = body.at("/cohort_properties/cohort_id");
    if (cohort.isIntegralNumber()) {
      add(baseUrl, call, "/", cohort.asString(), "cohort_id");
    }
  }

  private void add(URI baseUrl, Call call, String before, String value, String key) {
    String command = Curl.command(baseUrl, call, of(call), false);
    origins.add(new Origin(before, value, Curl.value(command, key)));
  }

  void forget() {
    origins.clear();
  }
}
