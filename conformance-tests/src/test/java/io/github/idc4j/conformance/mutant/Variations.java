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

/** Legal variations, which every check must accept. */
final class Variations {

  private static final JsonMapper JSON = JsonMapper.shared();

  private Variations() {}

  static List<Variation> all() {
    List<Variation> all = new ArrayList<>();
    all.add(variation("five 202 responses before each first page", response -> response));
    all.add(
        new Variation(
            "chunked bodies",
            Proxy.Encoding.CHUNKED,
            () -> (request, service) -> service.send(request)));
    all.add(
        new Variation(
            "gzip bodies", Proxy.Encoding.GZIP, () -> (request, service) -> service.send(request)));
    all.add(variation("next_page is null at the end", page(page -> endsWith(page, false))));
    all.add(variation("next_page is absent at the end", page(page -> endsWith(page, true))));
    all.add(variation("properties that the spec does not document", Variations::withMembers));
    all.add(
        variation("properties in reverse order", response -> response.edited(Variations::reverse)));
    all.add(variation("indented JSON", Variations::indented));
    all.add(variation("escaped slashes in JSON", Variations::escaped));
    all.add(
        variation(
            "whitespace around the body",
            response -> response.withBody(" \n" + response.text() + "\n ")));
    all.add(variation("header names in lower case", Variations::lowerCaseHeaders));
    all.add(variation("an unknown header", response -> response.withHeader("X-Unknown", "1")));
    all.add(
        variation(
            "application/json with charset=utf-8",
            response ->
                isJson(response)
                    ? response.withHeader("Content-Type", "application/json; charset=utf-8")
                    : response));
    all.add(variation("other error messages", Variations::otherMessages));
    all.add(variation("another HTML page for 404 and 405", Variations::otherPage));
    all.add(
        variation(
            "an HTML page of a front end for an invalid token", Variations::otherUnauthorized));
    all.add(variation("Allow includes OPTIONS", Variations::withOptions));
    all.add(variation("a new data_type of an attribute", Variations::newKind));
    all.add(variation("a null description", Variations::nullDescription));
    all.add(
        variation(
            "a new connection for each response",
            response -> response.withHeader("Connection", "close")));
    all.add(variation("a cohort of another user that the user may read", Variations::sharedCohort));
    PageVariations.addTo(all);
    all.add(new Variation("20 ms of latency", Proxy.Encoding.PLAIN, () -> Variations::slow));
    DataVariations.addTo(all);
    DeployedVariations.addTo(all);
    return List.copyOf(all);
  }

  private static Variation variation(String what, UnaryOperator<ProxiedResponse> change) {
    return new Variation(
        what,
        Proxy.Encoding.PLAIN,
        () -> (request, service) -> change.apply(service.send(request)));
  }

  private static UnaryOperator<ProxiedResponse> page(Consumer<ObjectNode> edit) {
    return response -> response.status() == 200 ? response.edited(edit) : response;
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

  private static ProxiedResponse withMembers(ProxiedResponse response) {
    return response
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
    node.forEach(Variations::reverse);
  }

  private static boolean isJson(ProxiedResponse response) {
    return response.text().startsWith("{");
  }

  private static ProxiedResponse indented(ProxiedResponse response) {
    return isJson(response)
        ? response.withBody(
            JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(JSON.readTree(response.text())))
        : response;
  }

  private static ProxiedResponse escaped(ProxiedResponse response) {
    return isJson(response) ? response.withBody(response.text().replace("/", "\\u002f")) : response;
  }

  private static ProxiedResponse lowerCaseHeaders(ProxiedResponse response) {
    ProxiedResponse lower = response;
    for (Map.Entry<String, List<String>> header : response.headers().entrySet()) {
      lower =
          lower
              .without(header.getKey())
              .withHeader(header.getKey().toLowerCase(Locale.ROOT), header.getValue().get(0));
    }
    return lower;
  }

  private static ProxiedResponse otherMessages(ProxiedResponse response) {
    return response.status() >= 400
        ? response.edited(body -> body.put("message", "Nein. " + body.path("message").asString()))
        : response;
  }

  private static ProxiedResponse otherUnauthorized(ProxiedResponse response) {
    return response.status() == 401
        ? response.withHeader("Content-Type", "text/html").withBody("<h1>Unauthorized</h1>")
        : response;
  }

  private static ProxiedResponse withOptions(ProxiedResponse response) {
    return response.status() == 405
        ? response.withHeader("Allow", "OPTIONS, " + response.headers().get("Allow").get(0))
        : response;
  }

  private static ProxiedResponse otherPage(ProxiedResponse response) {
    return response.status() == 404 || response.status() == 405
        ? response
            .withBody("<!doctype html><title>no</title>")
            .withHeader("Content-Type", "text/html")
        : response;
  }

  private static ProxiedResponse newKind(ProxiedResponse response) {
    return response.edited(
        body -> {
          JsonNode attributes = body.at("/data_sources/0/attributes");
          if (attributes.path(0) instanceof ObjectNode first) {
            first.put("data_type", "Duration");
          }
        });
  }

  private static ProxiedResponse nullDescription(ProxiedResponse response) {
    return response.edited(
        body ->
            body.path("cohorts")
                .forEach(
                    cohort -> {
                      if (cohort instanceof ObjectNode object && object.has("description")) {
                        object.putNull("description");
                      }
                    }));
  }

  private static ProxiedResponse sharedCohort(ProxiedResponse response) {
    return response.edited(
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
