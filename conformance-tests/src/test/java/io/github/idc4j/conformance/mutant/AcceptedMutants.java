package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.FIRST_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.NEXT_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.token;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** Faults around 202. */
final class AcceptedMutants {

  private AcceptedMutants() {}

  static void addTo(Mutants mutants) {
    accepted(mutants);
  }

  private static void accepted(Mutants mutants) {
    String kind = "202";
    for (String family : List.of("manifest", "query", "dicomMetadata")) {
      Predicate<Request> any = FIRST_PAGES.get(family).or(NEXT_PAGES.get(family));
      mutants.change(
          kind,
          "202-without-token-" + family,
          family + ": a 202 has no token",
          "accepted.token",
          any,
          answer ->
              answer.status() == 202
                  ? answer.edited(
                      body -> {
                        body.put("next_page", "");
                        if (body.get("query_info") instanceof ObjectNode info) {
                          info.put("next_page", "");
                        }
                      })
                  : answer);
      mutants.change(
          kind,
          "202-code-" + family,
          family + ": a 202 has the code 200",
          "spec.code",
          any,
          answer -> answer.status() == 202 ? answer.edited(body -> body.put("code", 200)) : answer);
      mutants.add(
          kind,
          "202-second-page-" + family,
          family + ": after a 202 the second page comes",
          "accepted.rows",
          () -> new SkippedFirstPage(NEXT_PAGES.get(family)));
      mutants.add(
          kind,
          "202-cohort-again-" + family,
          family + ": the page after a 202 repeats the cohort",
          "accepted.first-page",
          () -> new RepeatedCohort());
    }
  }

  /** Repeats a cohort in every page after a 202. */
  private static final class RepeatedCohort implements Proxy.Behaviour {
    private final AtomicInteger waits = new AtomicInteger();

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      Answer answer = service.send(request);
      if (answer.status() == 202) {
        waits.incrementAndGet();
        return answer;
      }
      return waits.get() > 0 && request.has("/nextPage") && answer.status() == 200
          ? answer.edited(page -> page.putObject("cohort").put("name", "again"))
          : answer;
    }
  }

  /** Goes on to the second page where the first is asked for by the token of a 202. */
  private static final class SkippedFirstPage implements Proxy.Behaviour {
    private final Predicate<Request> next;
    private final Map<String, Boolean> waiting = new ConcurrentHashMap<>();

    SkippedFirstPage(Predicate<Request> next) {
      this.next = next;
    }

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      Answer answer = service.send(request);
      if (answer.status() == 202) {
        answer.edited(
            body -> {
              waiting.put(body.path("next_page").asString(""), true);
              waiting.put(body.path("query_info").path("next_page").asString(""), true);
            });
        return answer;
      }
      if (!next.test(request) || answer.status() != 200 || !waiting.containsKey(token(request))) {
        return answer;
      }
      String[] second = {""};
      answer.edited(page -> second[0] = page.path("next_page").asString(""));
      return second[0].isEmpty()
          ? answer
          : service.send(
              request.withTarget(
                  request
                      .target()
                      .replaceAll(
                          "next_page=[^&]*",
                          "next_page=" + URLEncoder.encode(second[0], StandardCharsets.UTF_8))));
    }
  }
}
