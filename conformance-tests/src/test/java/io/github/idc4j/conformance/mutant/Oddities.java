package io.github.idc4j.conformance.mutant;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Services that no check may find fault with. */
final class Oddities {

  private static final JsonMapper JSON = JsonMapper.shared();

  private Oddities() {}

  static List<Oddity> all() {
    List<Oddity> all = new ArrayList<>();
    all.add(odd("five 202s before each first page, and nothing else", answer -> answer));
    all.add(
        new Oddity(
            "chunked bodies",
            Proxy.Encoding.CHUNKED,
            () -> (request, service) -> service.send(request)));
    all.add(
        new Oddity(
            "gzip bodies", Proxy.Encoding.GZIP, () -> (request, service) -> service.send(request)));
    all.add(odd("the end is null", page(page -> endsWith(page, false))));
    all.add(odd("the end is an absent token", page(page -> endsWith(page, true))));
    all.add(odd("members that the spec does not know", Oddities::withMembers));
    all.add(odd("members in reverse order", answer -> answer.edited(Oddities::reverse)));
    all.add(odd("indented JSON", Oddities::indented));
    all.add(odd("every character that may be escaped is", Oddities::escaped));
    all.add(
        odd(
            "whitespace around the body",
            answer -> answer.withBody(" \n" + answer.text() + "\n ")));
    all.add(odd("header names in lower case", Oddities::lowerCaseHeaders));
    all.add(odd("headers that nobody asked for", answer -> answer.withHeader("X-Odd", "1")));
    all.add(
        odd(
            "application/json with charset=utf-8",
            answer ->
                isJson(answer)
                    ? answer.withHeader("Content-Type", "application/json; charset=utf-8")
                    : answer));
    all.add(odd("errors in other words", Oddities::otherWords));
    all.add(odd("an HTML page of its own for 404 and 405", Oddities::otherPage));
    all.add(odd("a front end's own words for a bad token", Oddities::otherUnauthorized));
    all.add(odd("Allow names OPTIONS too", Oddities::withOptions));
    all.add(odd("a new kind of attribute", Oddities::newKind));
    all.add(odd("a description that is null", Oddities::nullDescription));
    all.add(
        odd(
            "the connection is closed after each answer",
            answer -> answer.withHeader("Connection", "close")));
    all.add(odd("a cohort of somebody else's, which the user may read", Oddities::sharedCohort));
    PageOddities.addTo(all);
    all.add(new Oddity("20 ms before each answer", Proxy.Encoding.PLAIN, () -> Oddities::slow));
    DataOddities.addTo(all);
    DeployedOddities.addTo(all);
    return List.copyOf(all);
  }

  private static Oddity odd(String what, UnaryOperator<ProxiedResponse> change) {
    return new Oddity(
        what,
        Proxy.Encoding.PLAIN,
        () -> (request, service) -> change.apply(service.send(request)));
  }

  private static UnaryOperator<ProxiedResponse> page(Consumer<ObjectNode> edit) {
    return answer -> answer.status() == 200 ? answer.edited(edit) : answer;
  }

  private static void endsWith(ObjectNode page, boolean absent) {
    if (page.path("next_page").asString("x").isEmpty()) {
      if (absent) {
        page.remove("next_page");
      } else {
        page.putNull("next_page");
      }
    }
  }

  private static ProxiedResponse withMembers(ProxiedResponse answer) {
    return answer
        .editedRows(rows -> {})
        .edited(
            body -> {
              body.put("trace", 7);
              body.forEach(
                  member -> {
                    if (member instanceof ObjectNode object && !object.has("filters")) {
                      object.putNull("more");
                    }
                  });
            });
  }

  private static void reverse(JsonNode node) {
    if (node instanceof ObjectNode object) {
      Map<String, JsonNode> members = new TreeMap<>(Comparator.reverseOrder());
      object.forEachEntry(members::put);
      object.removeAll();
      members.forEach(object::set);
    }
    node.forEach(Oddities::reverse);
  }

  private static boolean isJson(ProxiedResponse answer) {
    return answer.text().startsWith("{");
  }

  private static ProxiedResponse indented(ProxiedResponse answer) {
    return isJson(answer)
        ? answer.withBody(
            JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(answer.text())))
        : answer;
  }

  private static ProxiedResponse escaped(ProxiedResponse answer) {
    return isJson(answer) ? answer.withBody(answer.text().replace("/", "\\u002f")) : answer;
  }

  private static ProxiedResponse lowerCaseHeaders(ProxiedResponse answer) {
    ProxiedResponse lower = answer;
    for (Map.Entry<String, List<String>> header : answer.headers().entrySet()) {
      lower =
          lower
              .without(header.getKey())
              .withHeader(header.getKey().toLowerCase(Locale.ROOT), header.getValue().get(0));
    }
    return lower;
  }

  private static ProxiedResponse otherWords(ProxiedResponse answer) {
    return answer.status() >= 400
        ? answer.edited(body -> body.put("message", "Nein. " + body.path("message").asString()))
        : answer;
  }

  private static ProxiedResponse otherUnauthorized(ProxiedResponse answer) {
    return answer.status() == 401
        ? answer.withHeader("Content-Type", "text/html").withBody("<h1>Unauthorized</h1>")
        : answer;
  }

  private static ProxiedResponse withOptions(ProxiedResponse answer) {
    return answer.status() == 405
        ? answer.withHeader("Allow", "OPTIONS, " + answer.headers().get("Allow").get(0))
        : answer;
  }

  private static ProxiedResponse otherPage(ProxiedResponse answer) {
    return answer.status() == 404 || answer.status() == 405
        ? answer
            .withBody("<!doctype html><title>no</title>")
            .withHeader("Content-Type", "text/html")
        : answer;
  }

  private static ProxiedResponse newKind(ProxiedResponse answer) {
    return answer.edited(
        body -> {
          JsonNode attributes = body.at("/data_sources/0/attributes");
          if (attributes.path(0) instanceof ObjectNode first) {
            first.put("data_type", "Duration");
          }
        });
  }

  private static ProxiedResponse nullDescription(ProxiedResponse answer) {
    return answer.edited(
        body ->
            body.path("cohorts")
                .forEach(
                    cohort -> {
                      if (cohort instanceof ObjectNode object && object.has("description")) {
                        object.putNull("description");
                      }
                    }));
  }

  private static ProxiedResponse sharedCohort(ProxiedResponse answer) {
    return answer.edited(
        body -> {
          if (body.get("cohorts") instanceof ArrayNode cohorts
              && cohorts.path(0).has("permission")
              && cohorts.path(0).deepCopy() instanceof ObjectNode other) {
            cohorts.add(
                other
                    .put("cohort_id", 8_000_000_000_000L)
                    .put("description", "shared")
                    .put("owner", "Some Body")
                    .put("permission", "READER"));
          }
        });
  }

  private static ProxiedResponse slow(ProxiedRequest request, Proxy.Service service)
      throws IOException {
    LockSupport.parkNanos(20_000_000);
    return service.send(request);
  }
}
