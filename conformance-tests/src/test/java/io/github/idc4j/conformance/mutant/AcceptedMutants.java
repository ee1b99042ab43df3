package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.FIRST_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.NEXT_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.OPERATIONS;
import static io.github.idc4j.conformance.mutant.PageMutants.withCount;
import static io.github.idc4j.conformance.mutant.PageMutants.withRows;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Faults of 202 responses. */
final class AcceptedMutants {

  private static final String KIND = "202";

  private AcceptedMutants() {}

  static void addTo(Mutants mutants) {
    for (String family : List.of("manifest", "query", "dicomMetadata")) {
      Predicate<ProxiedRequest> any = FIRST_PAGES.get(family).or(NEXT_PAGES.get(family));
      mutants.change(
          KIND,
          "202-without-token-" + family,
          family + ": a 202 response has no token",
          "accepted.token",
          any,
          accepted(
              body -> {
                body.put("next_page", "");
                if (body.get("query_info") instanceof ObjectNode info) {
                  info.put("next_page", "");
                }
              }));
      mutants.change(
          KIND,
          "202-code-" + family,
          family + ": a 202 response has the code 200",
          "spec.code",
          any,
          accepted(body -> body.put("code", 200)));
      afterAccepted(
          mutants,
          "202-second-page-" + family,
          family + ": the second page follows a 202 response",
          "accepted.rows",
          FIRST_PAGES.get(family),
          (request, page, service) ->
              page.tokens().isEmpty()
                  ? page
                  : service.send(request.withToken(page.tokens().get(0))));
      afterAccepted(
          mutants,
          "202-cohort-again-" + family,
          family + ": the page after a 202 response repeats the cohort",
          "accepted.first-page",
          FIRST_PAGES.get(family),
          (request, page, service) ->
              page.edited(body -> body.putObject("cohort").put("name", "again")));
      mutants.add(
          KIND,
          "202-walk-" + family,
          family + ": the second and later pages after a 202 response lack a row",
          "accepted.walk",
          () -> new LossyWalk(FIRST_PAGES.get(family)));
      mutants.add(
          KIND,
          "202-old-token-" + family,
          family + ": the token of a 202 response is valid once",
          "accepted.old-token",
          () -> new TokensOfOneUse(FIRST_PAGES.get(family)));
    }
    for (String operation : List.of("getManifest", "queryCohort")) {
      afterAccepted(
          mutants,
          "202-saved-" + operation,
          operation + ": the page after a 202 response lacks its last row",
          "accepted.saved",
          OPERATIONS.get(operation),
          (request, page, service) -> withRows(page, rows -> withCount(rows, rows.size() - 1)));
    }
    mutants.change(
        KIND,
        "202-message",
        "the message of a 202 response begins with another word",
        "accepted.message",
        request -> true,
        accepted(body -> body.put("message", "Please wait")));
  }

  private static UnaryOperator<ProxiedResponse> accepted(Consumer<ObjectNode> edit) {
    return response -> response.status() == 202 ? response.edited(edit) : response;
  }

  /** Changes the page that the token of a 202 response refers to. */
  private interface Change {
    ProxiedResponse of(ProxiedRequest request, ProxiedResponse page, Proxy.Service service)
        throws IOException;
  }

  private static void afterAccepted(
      Mutants mutants,
      String id,
      String what,
      String rule,
      Predicate<ProxiedRequest> first,
      Change change) {
    mutants.add(
        KIND,
        id,
        what,
        rule,
        () -> {
          Waits waits = new Waits(first);
          return (request, service) -> {
            ProxiedResponse response = service.send(request);
            return waits.end(request, response) ? change.of(request, response, service) : response;
          };
        });
  }

  /** Records the tokens of 202 responses to first calls. */
  private static final class Waits {
    private final Predicate<ProxiedRequest> first;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    Waits(Predicate<ProxiedRequest> first) {
      this.first = first;
    }

    boolean has(ProxiedRequest request) {
      return tokens.contains(request.token());
    }

    /** Records a 202 response; returns whether the response is the page after one. */
    boolean end(ProxiedRequest request, ProxiedResponse response) {
      if (response.status() == 202 && (first.test(request) || has(request))) {
        tokens.addAll(response.tokens());
      }
      return response.status() == 200 && has(request);
    }
  }

  /** Removes a row of the second and later pages after a 202 response. */
  private static final class LossyWalk implements Proxy.Behaviour {
    private final Waits waits;
    private final Set<String> later = ConcurrentHashMap.newKeySet();

    LossyWalk(Predicate<ProxiedRequest> first) {
      waits = new Waits(first);
    }

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedResponse response = service.send(request);
      boolean lossy = later.contains(request.token());
      if (waits.end(request, response) || lossy) {
        later.addAll(response.tokens());
      }
      return lossy ? withRows(response, rows -> withCount(rows, rows.size() - 1)) : response;
    }
  }

  /** Refuses a repeated token of a 202 response. */
  private static final class TokensOfOneUse implements Proxy.Behaviour {
    private final Waits waits;
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    TokensOfOneUse(Predicate<ProxiedRequest> first) {
      waits = new Waits(first);
    }

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      if (waits.has(request) && !used.add(request.token())) {
        return ProxiedResponse.json(400, "{\"code\":400,\"message\":\"Invalid next_page token\"}");
      }
      ProxiedResponse response = service.send(request);
      waits.end(request, response);
      return response;
    }
  }
}
