package io.github.idc4j.conformance.mutant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The seeded faults, by class. */
final class Mutants {

  static final String ID = "[0-9]+";

  /** Predicates for the requests of each operation. */
  static final Map<String, Predicate<ProxiedRequest>> OPERATIONS = operations();

  /** Predicates for nextPage requests by family, in a fixed order. */
  static final SortedMap<String, Predicate<ProxiedRequest>> NEXT_PAGES =
      new TreeMap<>(
          Map.of(
              "manifest", on("GET", "/cohorts/manifest/nextPage"),
              "query", on("GET", "/cohorts/query/nextPage"),
              "dicomMetadata", on("GET", "/dicomMetadata/nextPage")));

  static final SortedMap<String, Predicate<ProxiedRequest>> FIRST_PAGES =
      new TreeMap<>(
          Map.of(
              "manifest", on("POST", "/cohorts/manifest/preview"),
              "query", on("POST", "/cohorts/query/preview"),
              "dicomMetadata", on("GET", "/dicomMetadata")));

  private final List<Mutant> mutants = new ArrayList<>();

  private Mutants() {}

  static List<Mutant> all() {
    Mutants all = new Mutants();
    ResponseMutants.addTo(all);
    MetadataMutants.addTo(all);
    PageMutants.addTo(all);
    RowMutants.addTo(all);
    TokenMutants.addTo(all);
    AcceptedMutants.addTo(all);
    FilterMutants.addTo(all);
    AuthMutants.addTo(all);
    CohortMutants.addTo(all);
    NegativeMutants.addTo(all);
    QuirkMutants.addTo(all);
    return List.copyOf(all.mutants);
  }

  private static Map<String, Predicate<ProxiedRequest>> operations() {
    Map<String, Predicate<ProxiedRequest>> operations = new LinkedHashMap<>();
    operations.put("getAbout", on("GET", "/about"));
    operations.put("listVersions", on("GET", "/versions"));
    operations.put("listCollections", on("GET", "/collections"));
    operations.put("listAnalysisResults", on("GET", "/analysis_results"));
    operations.put("listAttributes", on("GET", "/attributes"));
    operations.put("getAccountDetails", on("GET", "/users/account_details"));
    operations.put("listCohorts", on("GET", "/cohorts"));
    operations.put("createCohort", on("POST", "/cohorts"));
    operations.put("deleteCohorts", on("DELETE", "/cohorts"));
    operations.put("deleteCohort", on("DELETE", "/cohorts/" + ID));
    operations.put("previewManifest", on("POST", "/cohorts/manifest/preview"));
    operations.put("getManifest", on("GET", "/cohorts/manifest/" + ID));
    operations.put("getNextManifestPage", on("GET", "/cohorts/manifest/nextPage"));
    operations.put("previewQuery", on("POST", "/cohorts/query/preview"));
    operations.put("queryCohort", on("POST", "/cohorts/query/" + ID));
    operations.put("getNextQueryPage", on("GET", "/cohorts/query/nextPage"));
    operations.put("getDicomMetadata", on("GET", "/dicomMetadata"));
    operations.put("getNextDicomMetadataPage", on("GET", "/dicomMetadata/nextPage"));
    return operations;
  }

  static Predicate<ProxiedRequest> on(String method, String path) {
    return request -> request.is(method, path);
  }

  void add(String kind, String id, String what, String rule, Supplier<Proxy.Behaviour> behaviour) {
    mutants.add(new Mutant(id, kind, what, rule, behaviour));
  }

  /** Adds a fault that changes the responses to some requests. */
  void change(
      String kind,
      String id,
      String what,
      String rule,
      Predicate<ProxiedRequest> when,
      UnaryOperator<ProxiedResponse> change) {
    add(
        kind,
        id,
        what,
        rule,
        () ->
            (request, service) -> {
              ProxiedResponse response = service.send(request);
              return when.test(request) ? change.apply(response) : response;
            });
  }

  /** Adds a fault that changes some requests before the service receives them. */
  void mistake(
      String kind,
      String id,
      String what,
      String rule,
      Predicate<ProxiedRequest> when,
      UnaryOperator<ProxiedRequest> change) {
    add(
        kind,
        id,
        what,
        rule,
        () ->
            (request, service) ->
                service.send(when.test(request) ? change.apply(request) : request));
  }

  static UnaryOperator<ProxiedResponse> ifOk(UnaryOperator<ProxiedResponse> change) {
    return response -> response.status() == 200 ? change.apply(response) : response;
  }
}
