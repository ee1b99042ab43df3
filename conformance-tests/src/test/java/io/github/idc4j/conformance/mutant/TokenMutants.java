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

/** Faults of page tokens: whose they are, and which are taken. */
final class TokenMutants {

  private TokenMutants() {}

  static void addTo(Mutants mutants) {
    String kind = "token scope";
    for (String family : List.of("manifest", "query")) {
      mutants.add(
          kind,
          "anybody-" + family,
          family + ": a token is good for anybody",
          "tokens.owner",
          () -> new AnybodysTokens(NEXT_PAGES.get(family), (owner, caller) -> true));
      mutants.add(
          kind,
          "nobodys-token-" + family,
          family + ": a user may use a token of nobody",
          "tokens.owner",
          () -> new AnybodysTokens(NEXT_PAGES.get(family), (owner, caller) -> owner.isEmpty()));
      mutants.add(
          kind,
          "token-to-nobody-" + family,
          family + ": nobody may use a user's token",
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
              family + ": the middle of a token is not looked at",
              "tokens.altered",
              () -> new LaxTokens(next));
          mutants.change(
              kind,
              "made-up-" + family,
              family + ": a made-up token is an empty page",
              "tokens.invalid",
              next.and(request -> request.has("next_page=garbage")),
              answer -> emptyPage(family));
        });
    mutants.add(
        kind,
        "foreign-family",
        "dicomMetadata takes a token of another family",
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
            ProxiedResponse answer = service.send(request);
            if (first.test(request)) {
              given.addAll(answer.tokens());
            }
            return answer;
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

  /** Sends a token with the authorization that it was given to, whoever else sends it. */
  private static final class AnybodysTokens implements Proxy.Behaviour {
    private final Predicate<ProxiedRequest> next;
    private final BiPredicate<String, String> lent;
    private final Map<String, String> owners = new ConcurrentHashMap<>();

    /**
     * Does so with requests of {@code next}.
     *
     * @param lent whether an owner's token is good for a caller; empty is nobody
     */
    AnybodysTokens(Predicate<ProxiedRequest> next, BiPredicate<String, String> lent) {
      this.next = next;
      this.lent = lent;
    }

    @Override
    public ProxiedResponse answer(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedRequest sent = request;
      String owner = next.test(request) ? owners.get(request.token()) : null;
      if (owner != null && lent.test(owner, request.authorization())) {
        sent = request.withAuthorization(owner);
      }
      ProxiedResponse answer = service.send(sent);
      for (String token : answer.tokens()) {
        owners.put(token, sent.authorization());
      }
      return answer;
    }
  }

  /** Takes a token that differs in one character for the one that it was made of. */
  private static final class LaxTokens implements Proxy.Behaviour {
    private final Predicate<ProxiedRequest> next;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    LaxTokens(Predicate<ProxiedRequest> next) {
      this.next = next;
    }

    @Override
    public ProxiedResponse answer(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedRequest sent = request;
      String token = next.test(request) ? request.token() : "";
      if (token.length() > 40 && known.containsKey(ends(token))) {
        sent = request.withToken(known.get(ends(token)));
      }
      ProxiedResponse answer = service.send(sent);
      answer.tokens().stream()
          .filter(given -> given.length() > 40)
          .forEach(given -> known.put(ends(given), given));
      return answer;
    }

    private static String ends(String token) {
      return token.substring(0, 20) + token.substring(token.length() - 20);
    }
  }

  /** Answers tokens of the other families by a page without rows. */
  private static final class ForeignTokens implements Proxy.Behaviour {
    private final Set<String> foreign = ConcurrentHashMap.newKeySet();

    @Override
    public ProxiedResponse answer(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      if (NEXT_PAGES.get("dicomMetadata").test(request) && foreign.contains(request.token())) {
        return emptyPage("dicomMetadata");
      }
      ProxiedResponse answer = service.send(request);
      if (request.is(".*", "/cohorts/.*")) {
        foreign.addAll(answer.tokens());
      }
      return answer;
    }
  }
}
