package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.NEXT_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.OPERATIONS;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Faults of page tokens: their owners, and which ones are accepted. */
final class TokenMutants {

  private TokenMutants() {}

  static void addTo(Mutants mutants) {
    String kind = "token scope";
    for (String family : List.of("manifest", "query")) {
      mutants.add(
          kind,
          "any-caller-" + family,
          family + ": every caller can use a token",
          "tokens.owner",
          () -> new AnybodysTokens(NEXT_PAGES.get(family), (owner, caller) -> true));
      mutants.add(
          kind,
          "anonymous-token-" + family,
          family + ": a user can use an anonymous token",
          "tokens.owner",
          () -> new AnybodysTokens(NEXT_PAGES.get(family), (owner, caller) -> owner.isEmpty()));
      mutants.add(
          kind,
          "user-token-" + family,
          family + ": an unauthenticated caller can use a user's token",
          "tokens.owner",
          () -> new AnybodysTokens(NEXT_PAGES.get(family), (owner, caller) -> caller.isEmpty()));
    }
    savedCohorts(mutants, kind, "manifest", OPERATIONS.get("getManifest"));
    savedCohorts(mutants, kind, "query", OPERATIONS.get("queryCohort"));
    NEXT_PAGES.forEach(
        (family, next) -> {
          mutants.add(
              kind,
              "altered-" + family,
              family + ": the middle of a token is not verified",
              "tokens.altered",
              () -> new LaxTokens(next));
          mutants.change(
              kind,
              "unknown-token-" + family,
              family + ": an unknown token returns an empty page",
              "tokens.invalid",
              next.and(request -> request.has("next_page=garbage")),
              response -> emptyPage(family));
        });
    mutants.add(
        kind,
        "foreign-family",
        "dicomMetadata accepts a token of another family",
        "tokens.family",
        ForeignTokens::new);
  }

  private static void savedCohorts(
      Mutants mutants, String kind, String family, Predicate<ProxiedRequest> first) {
    mutants.add(
        kind,
        "saved-token-" + family,
        "nextPage fails for a token of a saved cohort's " + family,
        "tokens.saved",
        () -> {
          Set<String> given = ConcurrentHashMap.newKeySet();
          return (request, service) -> {
            if (NEXT_PAGES.get(family).test(request) && given.contains(request.token())) {
              return ProxiedResponse.json(500, "{\"code\":500,\"message\":\"no such cohort\"}");
            }
            ProxiedResponse response = service.send(request);
            if (first.test(request)) {
              given.addAll(response.tokens());
            }
            return response;
          };
        });
  }

  static ProxiedResponse emptyPage(String family) {
    return ProxiedResponse.json(
        200,
        family.equals("manifest")
            ? "{\"code\":200,\"manifest\":{\"json_manifest\":[],\"rowsReturned\":0,\"totalFound\":0},"
                + "\"next_page\":\"\"}"
            : "{\"code\":200,\"cohort\":{},\"query_results\":{\"json\":[],\"rowsReturned\":0,"
                + "\"totalFound\":0},\"next_page\":\"\"}");
  }

  /** Sends a token with the authorization of its owner, whatever the caller. */
  private static final class AnybodysTokens implements Proxy.Behaviour {
    private final Predicate<ProxiedRequest> next;
    private final BiPredicate<String, String> lent;
    private final Map<String, String> owners = new ConcurrentHashMap<>();

    /**
     * Applies to requests of {@code next}.
     *
     * @param lent whether a caller can use a token of an owner; an empty text is unauthenticated
     */
    AnybodysTokens(Predicate<ProxiedRequest> next, BiPredicate<String, String> lent) {
      this.next = next;
      this.lent = lent;
    }

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedRequest sent = request;
      String owner = next.test(request) ? owners.get(request.token()) : null;
      if (owner != null && lent.test(owner, request.authorization())) {
        sent = request.withAuthorization(owner);
      }
      ProxiedResponse response = service.send(sent);
      for (String token : response.tokens()) {
        owners.put(token, sent.authorization());
      }
      return response;
    }
  }

  /** Accepts a token that differs in one character from a valid one. */
  private static final class LaxTokens implements Proxy.Behaviour {
    private final Predicate<ProxiedRequest> next;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    LaxTokens(Predicate<ProxiedRequest> next) {
      this.next = next;
    }

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedRequest sent = request;
      String token = next.test(request) ? request.token() : "";
      if (token.length() > 40 && known.containsKey(ends(token))) {
        sent = request.withToken(known.get(ends(token)));
      }
      ProxiedResponse response = service.send(sent);
      response.tokens().stream()
          .filter(given -> given.length() > 40)
          .forEach(given -> known.put(ends(given), given));
      return response;
    }

    private static String ends(String token) {
      return token.substring(0, 20) + token.substring(token.length() - 20);
    }
  }

  /** Returns an empty page for tokens of the other families. */
  private static final class ForeignTokens implements Proxy.Behaviour {
    private final Set<String> foreign = ConcurrentHashMap.newKeySet();

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      if (NEXT_PAGES.get("dicomMetadata").test(request) && foreign.contains(request.token())) {
        return emptyPage("dicomMetadata");
      }
      ProxiedResponse response = service.send(request);
      if (request.is(".*", "/cohorts/.*")) {
        foreign.addAll(response.tokens());
      }
      return response;
    }
  }
}
