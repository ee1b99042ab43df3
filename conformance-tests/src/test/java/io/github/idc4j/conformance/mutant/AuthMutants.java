package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.ID;
import static io.github.idc4j.conformance.mutant.Mutants.OPERATIONS;
import static io.github.idc4j.conformance.mutant.Mutants.ifOk;
import static io.github.idc4j.conformance.mutant.Mutants.on;

import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Faults of authentication and authorization. */
final class AuthMutants {

  private AuthMutants() {}

  static void addTo(Mutants mutants) {
    String kind = "auth";
    ProxiedResponse cohorts = ProxiedResponse.json(200, "{\"code\":200,\"cohorts\":[]}");
    mutants.change(
        kind,
        "anonymous-has-cohorts",
        "GET /cohorts returns an empty list without a token",
        "auth.anonymous-cohorts",
        on("GET", "/cohorts").and(request -> request.authorization().isEmpty()),
        response -> cohorts);
    mutants.mistake(
        kind,
        "garbled-is-anonymous",
        "a garbled token is treated as a missing one",
        "auth.garbled-token",
        request -> request.authorization().contains("not.a.token"),
        request -> request.withAuthorization(""));
    mutants.change(
        kind,
        "token-repeated",
        "a refusal repeats the token",
        "auth.garbled-token",
        request -> request.authorization().contains("not.a.token"),
        response ->
            ProxiedResponse.json(401, "{\"code\":401,\"message\":\"bad token not.a.token\"}"));
    for (String path : List.of("manifest", "query")) {
      mutants.add(
          kind,
          "saved-without-owner-check-" + path,
          "the " + path + " of a saved cohort needs no authorization",
          "auth.anonymous-saved-cohort",
          () -> new CohortsWithoutOwnerCheck("/cohorts/" + path + "/" + ID));
    }
    mutants.change(
        kind,
        "no-account",
        "an account has no e-mail address",
        "auth.account",
        OPERATIONS.get("getAccountDetails"),
        ifOk(
            response ->
                response.edited(
                    body -> ((ObjectNode) body.get("user_details")).put("email", "none"))));
    mutants.change(
        kind,
        "signature-not-verified",
        "a token with a truncated signature is accepted",
        "auth.altered-token",
        on("GET", "/cohorts"),
        response -> response.text().contains("was not signed") ? cohorts : response);
    mutants.change(
        kind,
        "expiry-not-verified",
        "an expired token is accepted",
        "auth.expired-token",
        on("GET", "/cohorts"),
        response -> response.text().contains("has expired") ? cohorts : response);
    mutants.change(
        kind,
        "account-date",
        "a date of an account is not in RFC 1123 format",
        "auth.account-dates",
        OPERATIONS.get("getAccountDetails"),
        ifOk(
            response ->
                response.edited(
                    body ->
                        ((ObjectNode) body.get("user_details"))
                            .put("last_login", "2026-01-31 12:00"))));
  }

  /** Requests a saved cohort with the most recent authorization. */
  private static final class CohortsWithoutOwnerCheck implements Proxy.Behaviour {
    private final String path;
    private volatile String last = "";

    CohortsWithoutOwnerCheck(String path) {
      this.path = path;
    }

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
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
