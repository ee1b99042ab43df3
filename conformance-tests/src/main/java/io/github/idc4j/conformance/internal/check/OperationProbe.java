package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.rule.Csv;
import io.github.idc4j.openapi.IdcOpenApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Detects whether a service offers operations or columns that are declared absent. The requests are
 * unauthenticated and change nothing.
 */
public final class OperationProbe {

  private static final String EMPTY = "{}";
  private static final Set<String> METADATA =
      Set.of("getDicomMetadata", "getNextDicomMetadataPage");
  private static final String ID = String.valueOf(SavedCohort.UNKNOWN);

  /** A request for each operation, in the order of the spec. */
  private static final List<Map.Entry<String, ApiRequest>> REQUESTS =
      List.of(
          Map.entry("getAbout", ApiRequest.get("/about")),
          Map.entry("listVersions", ApiRequest.get("/versions")),
          Map.entry("listCollections", ApiRequest.get("/collections")),
          Map.entry("listAnalysisResults", ApiRequest.get("/analysis_results")),
          Map.entry("listAttributes", ApiRequest.get("/attributes")),
          Map.entry("getAccountDetails", ApiRequest.get("/users/account_details")),
          Map.entry("listCohorts", ApiRequest.get("/cohorts")),
          Map.entry("createCohort", ApiRequest.post("/cohorts").json(EMPTY)),
          Map.entry("deleteCohorts", ApiRequest.delete("/cohorts").json(EMPTY)),
          Map.entry("deleteCohort", ApiRequest.delete("/cohorts/" + ID)),
          Map.entry("previewManifest", ApiRequest.post("/cohorts/manifest/preview").json(EMPTY)),
          Map.entry("getManifest", ApiRequest.get("/cohorts/manifest/" + ID)),
          Map.entry("getNextManifestPage", ApiRequest.get("/cohorts/manifest/nextPage")),
          Map.entry("previewQuery", ApiRequest.post("/cohorts/query/preview").json(EMPTY)),
          Map.entry("queryCohort", ApiRequest.post("/cohorts/query/" + ID).json(EMPTY)),
          Map.entry("getNextQueryPage", ApiRequest.get("/cohorts/query/nextPage")),
          Map.entry("getDicomMetadata", ApiRequest.get("/dicomMetadata?page_size=1")),
          Map.entry("getNextDicomMetadataPage", ApiRequest.get("/dicomMetadata/nextPage")));

  private final ServiceUnderTest service;

  /** Returns all operations. Each has a request that calls the operation and changes nothing. */
  static Map<String, ApiRequest> requests() {
    Map<String, ApiRequest> requests = new LinkedHashMap<>();
    REQUESTS.forEach(entry -> requests.put(entry.getKey(), entry.getValue()));
    return requests;
  }

  /** Creates a probe. Sends no request. */
  public OperationProbe(ServiceUnderTest service) {
    this.service = service;
  }

  /** Returns a message for each operation or column that is declared absent but present. */
  public List<String> present() {
    List<String> present = new ArrayList<>();
    Set<String> absent = new TreeSet<>(service.capabilities().absentOperations());
    if (absent.containsAll(METADATA) && refusesMetadata()) {
      absent.removeAll(METADATA);
    }
    for (String operation : absent) {
      probe(operation)
          .filter(exchange -> !exchange.isOfMissingOperation())
          .ifPresent(
              exchange ->
                  present.add(
                      operation
                          + " is declared absent, but "
                          + exchange.request()
                          + " responded with "
                          + exchange.status()));
    }
    for (String column : manifestColumns()) {
      Exchange page =
          service.client().sendAside(service.baseUrl(), Previews.manifest(column, Map.of()));
      boolean hasValue =
          PagedEndpoint.MANIFEST
              .rows(page)
              .valueStream()
              .anyMatch(row -> !row.path(column).isMissingNode() && !row.path(column).isNull());
      if (hasValue) {
        present.add("the column " + column + " is declared absent, but a manifest has it");
      }
    }
    return present;
  }

  /**
   * Returns whether the service refuses a valid request for the metadata of all instances. A
   * service whose data has no instances does so.
   */
  private boolean refusesMetadata() {
    return probe("getDicomMetadata").filter(exchange -> exchange.status() == 400).isPresent();
  }

  /**
   * Returns the manifest columns that are declared absent. This class does not verify other absent
   * columns, because the check {@code filters/attributes} compares them with {@code GET
   * /attributes}.
   */
  private Set<String> manifestColumns() {
    Set<String> columns = new TreeSet<>(service.capabilities().absentColumns());
    columns.retainAll(
        Csv.rows(IdcOpenApi.manifestColumns()).stream().map(row -> row.get("key")).toList());
    return columns;
  }

  /**
   * Sends a request that calls an operation. Returns empty if the run does not allow the request.
   */
  private Optional<Exchange> probe(String operation) {
    ApiRequest request = requests().get(operation);
    return service.budget().writes() || request.isReading()
        ? Optional.of(service.client().sendAside(service.baseUrl(), request))
        : Optional.empty();
  }
}
