package io.github.idc4j.conformance.mutant;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Legal variations of data. */
final class DataVariations {

  private static final Pattern THREE_FIELDS =
      Pattern.compile("\"fields\":\\[\"([^\"]*)\",\"([^\"]*)\",\"([^\"]*)\"]");

  private DataVariations() {}

  static void addTo(List<Variation> all) {
    all.add(
        new Variation(
            "a patient identifier that is another one followed by a blank and 0",
            Proxy.Encoding.PLAIN,
            LongerNames::new));
    all.add(new Variation("nulls last", Proxy.Encoding.PLAIN, () -> DataVariations::nullsLast));
    all.add(
        new Variation("a series of two patients", Proxy.Encoding.PLAIN, SeriesOfTwoPatients::new));
  }

  /** Returns the rows of a query of everything. */
  private static List<JsonNode> rows(Proxy.Service service, String... fields) throws IOException {
    ProxiedResponse response =
        service.send(
            new ProxiedRequest(
                "POST",
                "/v1/cohorts/query/preview?page_size=100000",
                "",
                "application/json",
                "{\"cohort_def\":{\"name\":\"n\",\"filters\":{}},\"queryFields\":{\"fields\":[\""
                    + String.join("\",\"", fields)
                    + "\"]}}"));
    while (response.status() == 202) {
      response =
          service.send(
              new ProxiedRequest(
                      "GET", "/v1/cohorts/query/nextPage?page_size=100000&next_page=", "", "", "")
                  .withToken(response.tokens().get(0)));
    }
    return JsonMapper.shared()
        .readTree(response.text())
        .at("/query_results/json")
        .valueStream()
        .toList();
  }

  private static String replaced(String text, Map<String, String> names) {
    String changed = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      changed = changed.replace('"' + name.getKey() + '"', '"' + name.getValue() + '"');
    }
    return changed;
  }

  /** Renames the second patient of each collection to the first one with a suffix. */
  private static final class LongerNames implements Proxy.Behaviour {
    private final Map<String, String> seen = new TreeMap<>();
    private final Map<String, String> stored = new TreeMap<>();

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      learn(service);
      ProxiedResponse response = service.send(request.withBody(replaced(request.text(), stored)));
      return response.withBody(replaced(response.text(), seen));
    }

    private synchronized void learn(Proxy.Service service) throws IOException {
      if (!seen.isEmpty()) {
        return;
      }
      String collection = "";
      String first = "";
      for (JsonNode row : rows(service, "collection_id", "PatientID")) {
        String patient = row.path("PatientID").asString();
        if (!row.path("collection_id").asString().equals(collection)) {
          collection = row.path("collection_id").asString();
          first = patient;
        } else if (!first.isEmpty()) {
          seen.put(patient, first + " 0");
          stored.put(first + " 0", patient);
          first = "";
        }
      }
    }
  }

  /** In manifests with patients, replaces one series of each collection with the previous one. */
  private static final class SeriesOfTwoPatients implements Proxy.Behaviour {
    private final Map<String, String> seen = new TreeMap<>();

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      learn(service);
      ProxiedResponse response = service.send(request);
      return response.text().contains("\"Patient_ID\"")
          ? response.withBody(replaced(response.text(), seen))
          : response;
    }

    private synchronized void learn(Proxy.Service service) throws IOException {
      if (!seen.isEmpty()) {
        return;
      }
      Map<String, JsonNode> before = new TreeMap<>();
      Set<String> done = new TreeSet<>();
      for (JsonNode row : rows(service, "collection_id", "SeriesInstanceUID", "PatientID")) {
        String collection = row.path("collection_id").asString();
        JsonNode other = before.put(collection, row);
        if (other != null
            && !other.path("PatientID").equals(row.path("PatientID"))
            && done.add(collection)) {
          seen.put(
              row.path("SeriesInstanceUID").asString(), other.path("SeriesInstanceUID").asString());
        }
      }
    }
  }

  /** In a query of three fields, the first one that varies is null in the last rows. */
  private static ProxiedResponse nullsLast(ProxiedRequest request, Proxy.Service service)
      throws IOException {
    ProxiedResponse response = service.send(request);
    Matcher fields = THREE_FIELDS.matcher(request.text());
    return fields.find() ? response.editedRows(rows -> nullsLast(fields, rows)) : response;
  }

  private static void nullsLast(MatchResult fields, ArrayNode rows) {
    for (int i = 1; i <= fields.groupCount(); i++) {
      String field = fields.group(i);
      JsonNode last = rows.path(rows.size() - 1).path(field);
      if (!rows.path(0).path(field).equals(last)) {
        rows.forEach(
            row -> {
              if (row instanceof ObjectNode object && object.path(field).equals(last)) {
                object.putNull(field);
              }
            });
        return;
      }
    }
  }
}
