package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.ID;
import static io.github.idc4j.conformance.mutant.Mutants.OPERATIONS;
import static io.github.idc4j.conformance.mutant.Mutants.ifOk;
import static io.github.idc4j.conformance.mutant.Mutants.on;

import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Faults around who a caller is. */
final class AuthMutants {

  private AuthMutants() {}

  static void addTo(Mutants mutants) {
    String kind = "auth";
    ProxiedResponse cohorts = ProxiedResponse.json(200, "{\"code\":200,\"cohorts\":[]}");
    mutants.change(
        kind,
        "anonymous-has-cohorts",
        "GET /cohorts of nobody is an empty list",
        "auth.anonymous-cohorts",
        on("GET", "/cohorts").and(request -> request.authorization().isEmpty()),
        answer -> cohorts);
    mutants.mistake(
        kind,
        "garbled-is-nobody",
        "a garbled token counts as none",
        "auth.garbled-token",
        request -> request.authorization().contains("not.a.token"),
        request -> request.withAuthorization(""));
    mutants.change(
        kind,
        "token-repeated",
        "a refusal repeats the token",
        "auth.garbled-token",
        request -> request.authorization().contains("not.a.token"),
        answer ->
            ProxiedResponse.json(401, "{\"code\":401,\"message\":\"bad token not.a.token\"}"));
    for (String path : List.of("manifest", "query")) {
      mutants.add(
          kind,
          "saved-to-anybody-" + path,
          "the " + path + " of a saved cohort is shown to anybody",
          "auth.anonymous-saved-cohort",
          () -> new AnybodysCohorts("/cohorts/" + path + "/" + ID));
    }
    mutants.change(
        kind,
        "no-account",
        "an account has no e-mail address",
        "auth.account",
        OPERATIONS.get("getAccountDetails"),
        ifOk(
            answer ->
                answer.edited(
                    body -> ((ObjectNode) body.get("user_details")).put("email", "none"))));
    mutants.change(
        kind,
        "signature-not-verified",
        "a token whose signature is cut is good",
        "auth.altered-token",
        on("GET", "/cohorts"),
        answer -> answer.text().contains("was not signed") ? cohorts : answer);
    mutants.change(
        kind,
        "expiry-not-verified",
        "a token that has expired is good",
        "auth.expired-token",
        on("GET", "/cohorts"),
        answer -> answer.text().contains("Expired") ? cohorts : answer);
    mutants.change(
        kind,
        "account-date",
        "an account's date is not as RFC 1123 says",
        "auth.account-dates",
        OPERATIONS.get("getAccountDetails"),
        ifOk(
            answer ->
                answer.edited(
                    body ->
                        ((ObjectNode) body.get("user_details"))
                            .put("last_login", "2026-01-31 12:00"))));
  }

  /** Asks for a saved cohort with the last authorization that was there. */
  private static final class AnybodysCohorts implements Proxy.Behaviour {
    private final String path;
    private volatile String last = "";

    AnybodysCohorts(String path) {
      this.path = path;
    }

    @Override
    public ProxiedResponse answer(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      if (!request.authorization().isEmpty()) {
        last = request.authorization();
      }
      return service.send(
          request.path().matches(path) && request.authorization().isEmpty()
              ? request.withAuthorization(last)
              : request);
    }
  }
}
