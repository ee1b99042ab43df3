package io.github.idc4j.conformance.mutant;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Holds requested pages back, and returns them later for its own tokens. */
final class LaterPages {

  private static final String PADDING = "L".repeat(300);

  private static final Pattern SIZE = Pattern.compile("page_size=[^&]*");

  private final Map<String, ProxiedRequest> asked = new ConcurrentHashMap<>();

  /** Returns whether a request is for a first or later page. */
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

  /** Returns a token for the page of a request. */
  String token(ProxiedRequest request) {
    String token = PADDING + asked.size();
    asked.put(token, request);
    return token;
  }

  /** Returns a 202 response with a token for the page of a request. */
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

  /** Responds to a request, with the held page if it has a token of this object. */
  ProxiedResponse respond(ProxiedRequest request, Proxy.Service service) throws IOException {
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

  /** Returns a request with the page size of another request, or without one. */
  private static ProxiedRequest sized(ProxiedRequest request, ProxiedRequest by) {
    String plain = request.target().replaceAll("[?&]page_size=[^&]*", "").replaceFirst("[?&]", "?");
    Matcher size = SIZE.matcher(by.target());
    return request.withTarget(
        size.find() ? plain + (plain.contains("?") ? "&" : "?") + size.group() : plain);
  }

  /** Turns a first page into a later one, without the cohort. */
  private static ProxiedResponse afterwards(ProxiedResponse response, String family) {
    return response.status() == 200
        ? response.edited(
            (ObjectNode page) -> {
              page.remove("cohort_def");
              page.remove("cohort");
              if (!family.equals("manifest")) {
                page.putObject("cohort");
              }
            })
        : response;
  }

  private static String family(ProxiedRequest request) {
    return request.path().replaceAll("(/cohorts)?/(\\w+).*", "$2");
  }
}
