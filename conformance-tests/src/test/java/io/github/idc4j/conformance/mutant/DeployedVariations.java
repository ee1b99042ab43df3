package io.github.idc4j.conformance.mutant;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Behavior of the deployed service that the reference service does not have. */
final class DeployedVariations {

  private static final Pattern SINGLE_PATTERN = Pattern.compile("\\[\"[^\"]*%\"]");

  /** Plain values that the deployed service misinterpreted. */
  private static final Pattern PLAIN_VALUE =
      Pattern.compile(
          "\"(StudyDate|days_to_last_followup|days_to_last_known_alive"
              + "|number_of_lymphnodes_(examined|positive_by_he)"
              + "|(avg|max|min)_percent_lymphocyte_infiltration)\":\\[");

  private static final Pattern SAVED_NUMBER = Pattern.compile("\"SliceThickness\":\\[");
  private static final Pattern COHORT_ID = Pattern.compile("\"cohort_id\": *(\\d+)");

  private DeployedVariations() {}

  static void addTo(List<Variation> all) {
    all.add(plain("% is a literal", DeployedVariations::literal));
    all.add(plain("500 for plain values of some attributes", DeployedVariations::plainValue));
    all.add(plain("400 for None with sql=True", DeployedVariations::noneWithSql));
    all.add(
        new Variation(
            "500 for the manifest of a saved number", Proxy.Encoding.PLAIN, SavedNumber::new));
  }

  private static Variation plain(String what, Proxy.Behaviour behaviour) {
    return new Variation(what, Proxy.Encoding.PLAIN, () -> behaviour);
  }

  private static ProxiedResponse literal(ProxiedRequest request, Proxy.Service service)
      throws IOException {
    return service.send(
        request.withBody(SINGLE_PATTERN.matcher(request.text()).replaceAll("[\"no such value\"]")));
  }

  private static ProxiedResponse plainValue(ProxiedRequest request, Proxy.Service service)
      throws IOException {
    return PLAIN_VALUE.matcher(request.text()).find()
        ? ProxiedResponse.json(500, "{\"code\":500,\"message\":\"[ERROR]\"}")
        : service.send(request);
  }

  private static ProxiedResponse noneWithSql(ProxiedRequest request, Proxy.Service service)
      throws IOException {
    return request.has("sql=True") && request.text().contains("[\"None\"]")
        ? ProxiedResponse.json(
            400, "{\"code\":400,\"message\":\"Error while trying to obtain cohort objects.\"}")
        : service.send(request);
  }

  /** Fails for the manifests of cohorts that were saved with a plain number. */
  private static final class SavedNumber implements Proxy.Behaviour {
    private final Set<String> cohorts = ConcurrentHashMap.newKeySet();

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      if (request.is("GET", "/cohorts/manifest/\\d+")
          && cohorts.contains(request.path().replaceAll(".*/", ""))) {
        return ProxiedResponse.json(500, "{\"code\":500,\"message\":\"[ERROR]\"}");
      }
      ProxiedResponse response = service.send(request);
      if (request.is("POST", "/cohorts") && SAVED_NUMBER.matcher(request.text()).find()) {
        Matcher id = COHORT_ID.matcher(response.text());
        if (id.find()) {
          cohorts.add(id.group(1));
        }
      }
      return response;
    }
  }
}
