package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.NEXT_PAGES;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
          () -> new AnybodysTokens(NEXT_PAGES.get(family)));
    }
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

  static Answer emptyPage(String family) {
    return Answer.json(
        200,
        family.equals("manifest")
            ? "{\"code\":200,\"manifest\":{\"json_manifest\":[],\"rowsReturned\":0,\"totalFound\":0},"
                + "\"next_page\":\"\"}"
            : "{\"code\":200,\"cohort\":{},\"query_results\":{\"json\":[],\"rowsReturned\":0,"
                + "\"totalFound\":0},\"next_page\":\"\"}");
  }

  /** Sends a token with the authorization that it was given to. */
  private static final class AnybodysTokens implements Proxy.Behaviour {
    private final Predicate<Request> next;
    private final Map<String, String> owners = new ConcurrentHashMap<>();

    AnybodysTokens(Predicate<Request> next) {
      this.next = next;
    }

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      Request sent = request;
      if (next.test(request) && owners.containsKey(request.token())) {
        sent = request.withAuthorization(owners.get(request.token()));
      }
      Answer answer = service.send(sent);
      for (String token : answer.tokens()) {
        owners.put(token, sent.authorization());
      }
      return answer;
    }
  }

  /** Takes a token that differs in one character for the one that it was made of. */
  private static final class LaxTokens implements Proxy.Behaviour {
    private final Predicate<Request> next;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    LaxTokens(Predicate<Request> next) {
      this.next = next;
    }

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      Request sent = request;
      String token = next.test(request) ? request.token() : "";
      if (token.length() > 40 && known.containsKey(ends(token))) {
        sent = request.withToken(known.get(ends(token)));
      }
      Answer answer = service.send(sent);
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
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      if (NEXT_PAGES.get("dicomMetadata").test(request) && foreign.contains(request.token())) {
        return emptyPage("dicomMetadata");
      }
      Answer answer = service.send(request);
      if (request.is(".*", "/cohorts/.*")) {
        foreign.addAll(answer.tokens());
      }
      return answer;
    }
  }
}
