package io.github.idc4j.conformance.mutant;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Pages that were asked for and are given later, by tokens of its own. */
final class LaterPages {

  private static final String PADDING = "L".repeat(300);

  private static final Pattern SIZE = Pattern.compile("page_size=[^&]*");

  private final Map<String, ProxiedRequest> asked = new ConcurrentHashMap<>();

  /** Returns whether a request is for a page, the first one or a later one. */
  static boolean isForPage(ProxiedRequest request) {
    return request.is("POST", "/cohorts/(manifest|query)/preview")
        || request.is("GET", "/cohorts/manifest/" + Mutants.ID)
        || request.is("POST", "/cohorts/query/" + Mutants.ID)
        || request.is("GET", "/dicomMetadata")
        || isForLaterPage(request);
  }

  static boolean isForLaterPage(ProxiedRequest request) {
    return request.path().endsWith("/nextPage");
  }

  /** Returns the token by which the page of a request can be had. */
  String token(ProxiedRequest request) {
    String token = PADDING + asked.size();
    asked.put(token, request);
    return token;
  }

  /** Returns a 202 by whose token the page of a request can be had. */
  ProxiedResponse accepted(ProxiedRequest request) {
    String begin = "{\"code\":202,\"message\":\"[ERROR] wait\",";
    String token = "\"next_page\":\"" + token(request) + "\"";
    return ProxiedResponse.json(
        202,
        family(request).equals("manifest")
            ? begin + token + "}"
            : begin
                + "\"query_info\":{"
                + token
                + ",\"cohortObjects\":{\"collections\":[],\"rowsReturned\":0,\"totalFound\":0}}}");
  }

  /** Answers a request, by its page if it has a token that was given here. */
  ProxiedResponse answer(ProxiedRequest request, Proxy.Service service) throws IOException {
    ProxiedRequest then = isForLaterPage(request) ? asked.get(request.token()) : null;
    if (then == null) {
      return service.send(request);
    }
    boolean owned =
        family(then).equals("dicomMetadata")
            || then.authorization().equals(request.authorization());
    if (!owned || !family(then).equals(family(request))) {
      return ProxiedResponse.json(400, "{\"code\":400,\"message\":\"Invalid next_page token\"}");
    }
    return afterwards(service.send(sized(then, request)), family(then));
  }

  /** Returns a request with the page size of another, or without if that has none. */
  private static ProxiedRequest sized(ProxiedRequest request, ProxiedRequest by) {
    String plain = request.target().replaceAll("[?&]page_size=[^&]*", "").replaceFirst("[?&]", "?");
    Matcher size = SIZE.matcher(by.target());
    return request.withTarget(
        size.find() ? plain + (plain.contains("?") ? "&" : "?") + size.group() : plain);
  }

  /** Makes a page of a first one: without the cohort. */
  private static ProxiedResponse afterwards(ProxiedResponse answer, String family) {
    return answer.status() == 200
        ? answer.edited(
            (ObjectNode page) -> {
              page.remove("cohort_def");
              page.remove("cohort");
              if (!family.equals("manifest")) {
                page.putObject("cohort");
              }
            })
        : answer;
  }

  private static String family(ProxiedRequest request) {
    return request.path().replaceAll("(/cohorts)?/(\\w+).*", "$2");
  }
}
