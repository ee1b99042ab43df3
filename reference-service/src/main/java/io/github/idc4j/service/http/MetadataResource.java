package io.github.idc4j.service.http;

import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.engine.Dialect;
import io.github.idc4j.service.query.Filters;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves information about the API, data releases, collections, analysis results and attributes.
 */
final class MetadataResource {

  private static final Set<String> VERSION_KEYS = Set.of("idc_data_version");
  private static final Set<String> ATTRIBUTE_KEYS = Set.of("data_source");
  private static final Pattern PIVOT =
      Pattern.compile("bigquery-public-data\\.idc_v(\\d{1,3})\\.dicom_pivot");

  private final Catalogue catalogue;
  private final Database database;
  private final Dialect dialect;

  MetadataResource(Catalogue catalogue, Database database, Dialect dialect) {
    this.catalogue = catalogue;
    this.database = database;
    this.dialect = dialect;
  }

  List<Route> routes() {
    return List.of(
        Route.of("/v1/about", true, Map.of("GET", Handler.of(request -> about()))),
        Route.of("/v1/versions", true, Map.of("GET", Handler.of(request -> versions()))),
        Route.of("/v1/collections", true, Map.of("GET", Handler.of(this::collections))),
        Route.of("/v1/analysis_results", true, Map.of("GET", Handler.of(this::analysisResults))),
        Route.of("/v1/attributes", false, Map.of("GET", Handler.of(this::attributes))));
  }

  private static Reply about() {
    return Reply.ok(
        Map.of(
            "message",
            "Welcome to the IDC API, Version 1, as the idc4j reference service serves it",
            "documentation",
            "Documentation is available at <https://learn.canceridc.dev/>"));
  }

  private Reply versions() {
    return Reply.ok(
        Map.of(
            "versions",
            database.versions().stream()
                .map(
                    version ->
                        Map.of(
                            "idc_data_version",
                            version.number(),
                            "date_active",
                            version.dateActive(),
                            "active",
                            version.active()))
                .toList()));
  }

  private Reply collections(Request request) throws SQLException {
    request.requireKeys("argument", VERSION_KEYS);
    return Reply.ok(
        Map.of(
            "collections", database.collections().orElseThrow(() -> absent("collections_index"))));
  }

  private Reply analysisResults(Request request) throws SQLException {
    request.requireKeys("argument", VERSION_KEYS);
    return Reply.ok(
        Map.of(
            "analysisResults",
            database.analysisResults().orElseThrow(() -> absent("analysis_results_index"))));
  }

  /** Returns the error for a request that needs a published table that the data does not have. */
  private static ApiException absent(String table) {
    return ApiException.badRequest(
        "The data of this service has no table "
            + table
            + ". To add the published table, use the option --data of the service.");
  }

  private Reply attributes(Request request) {
    request.requireKeys("argument", ATTRIBUTE_KEYS);
    Optional<String> wanted = request.first("data_source").filter(name -> !name.isEmpty());
    Map<String, List<Map<String, Object>>> sources = new TreeMap<>();
    for (Attribute attribute : catalogue.attributes()) {
      if (attribute.filter() && dialect.hasColumn(attribute)) {
        sources
            .computeIfAbsent(dialect.dataSource(attribute.table()), name -> new ArrayList<>())
            .addAll(forms(attribute));
      }
    }
    wanted.filter(name -> !sources.containsKey(name)).ifPresent(this::requireInactive);
    return Reply.ok(
        Map.of(
            "idc_data_version",
            database.activeVersion().number(),
            "data_sources",
            sources.entrySet().stream()
                .filter(source -> wanted.isEmpty() || wanted.get().equals(source.getKey()))
                .map(
                    source ->
                        Map.of("data_source", source.getKey(), "attributes", source.getValue()))
                .toList()));
  }

  /**
   * Refuses the request unless the data source is the table of images in an inactive release. In
   * that case, the response contains no attributes.
   */
  private void requireInactive(String source) {
    String active = database.activeVersion().number();
    Matcher matcher = PIVOT.matcher(source);
    if (!matcher.matches()
        || database.versions().stream()
            .noneMatch(version -> version.number().equals(matcher.group(1) + ".0"))) {
      throw ApiException.badRequest(
          "The  data source, " + source + ", is not part of the specified version " + active);
    }
  }

  private static List<Map<String, Object>> forms(Attribute attribute) {
    List<Map<String, Object>> forms = new ArrayList<>();
    forms.add(form(attribute, ""));
    if (attribute.kind() == Attribute.Kind.NUMBER) {
      Filters.rangeSuffixes().forEach(suffix -> forms.add(form(attribute, suffix)));
    }
    return forms;
  }

  private static Map<String, Object> form(Attribute attribute, String suffix) {
    Map<String, Object> form = new TreeMap<>();
    form.put("active", true);
    form.put("data_type", attribute.dataType());
    form.put("name", attribute.name() + suffix);
    form.put("units", attribute.units().isEmpty() ? null : attribute.units());
    return form;
  }
}
