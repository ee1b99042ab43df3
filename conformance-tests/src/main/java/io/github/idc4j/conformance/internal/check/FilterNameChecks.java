package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that filters accept the names that GET /attributes lists. */
final class FilterNameChecks {

  /** Number of attributes in one request. Services can run a query with this many attributes. */
  private static final int ATTRIBUTES_AT_ONCE = 100;

  private static final Set<Integer> ACCEPTED = Set.of(200, 202);

  static List<Check> all() {
    return new CheckList("filters")
        .check(
            "attributes",
            "GET /attributes lists the names that filters accept, and no others",
            FilterNameChecks::attributes,
            "filters.attributes")
        .checks();
  }

  private FilterNameChecks() {}

  private static void attributes(CheckContext context) {
    List<String> listed = new ArrayList<>();
    Expect.status(context.send(ApiRequest.get("/attributes")), 200)
        .json()
        .path("data_sources")
        .forEach(
            source ->
                source
                    .path("attributes")
                    .forEach(attribute -> listed.add(attribute.path("name").asString())));
    Map<String, List<Object>> all = new LinkedHashMap<>(FilterNames.withValues());
    all.keySet().removeIf(name -> !context.offersColumn(FilterNames.attribute(name)));
    Expect.sameValues("names of GET /attributes", listed, all.keySet());
    List<String> names = new ArrayList<>(all.keySet());
    List<String> quirks = names.stream().filter(FilterNames::mayFail).toList();
    names.removeAll(quirks);
    for (int i = 0; i < names.size(); i += ATTRIBUTES_AT_ONCE) {
      requireAccepted(context, names.subList(i, Math.min(names.size(), i + ATTRIBUTES_AT_ONCE)));
    }
    observeQuirks(context, quirks);
  }

  private static ApiRequest by(List<String> names) {
    Map<String, List<Object>> values = FilterNames.withValues();
    Map<String, Object> filters = new LinkedHashMap<>();
    names.forEach(name -> filters.put(name, values.get(name)));
    return Previews.manifest("Patient_ID", filters);
  }

  private static int status(CheckContext context, List<String> names) {
    return context.sendUnvalidated(by(names)).status();
  }

  /**
   * Requires the service to accept filters by all names. If the service refuses a request, splits
   * the names into two smaller requests, until a single refused attribute is found. A combination
   * may be refused although the service accepts each attribute alone.
   */
  private static void requireAccepted(CheckContext context, List<String> names) {
    if (names.size() == 1) {
      Walk.finish(context, PagedEndpoint.MANIFEST, by(names));
    } else if (!ACCEPTED.contains(status(context, names))) {
      requireAccepted(context, names.subList(0, names.size() / 2));
      requireAccepted(context, names.subList(names.size() / 2, names.size()));
    }
  }

  private static void observeQuirks(CheckContext context, List<String> names) {
    if (ACCEPTED.contains(status(context, names))) {
      context.observed("plain values of " + String.join(", ", names) + " are accepted");
      return;
    }
    List<String> failed = new ArrayList<>();
    for (String name : names) {
      int status = status(context, List.of(name));
      assertThat(status).as("status code for a plain value of %s", name).isIn(200, 202, 500);
      if (status == 500) {
        failed.add(name);
      }
    }
    context.observed("500 for plain values of " + String.join(", ", failed) + ", as deployed");
  }
}
