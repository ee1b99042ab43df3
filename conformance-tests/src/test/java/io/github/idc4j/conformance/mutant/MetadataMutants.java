package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.OPERATIONS;
import static io.github.idc4j.conformance.mutant.Mutants.ifOk;
import static io.github.idc4j.conformance.mutant.Mutants.on;

import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults of metadata and of paths. */
final class MetadataMutants {

  private static final String SCHEMA = "schema";
  private static final ProxiedResponse FAILED =
      ProxiedResponse.json(500, "{\"code\":500,\"message\":\"The service failed.\"}");

  private MetadataMutants() {}

  static void addTo(Mutants mutants) {
    failures(mutants);
    lists(mutants);
    paths(mutants);
  }

  private static void failures(Mutants mutants) {
    String kind = "status";
    Predicate<ProxiedRequest> unknownKey = request -> request.has("foo=");
    mutants.change(
        kind,
        "about-fails",
        "getAbout fails",
        "metadata.about",
        OPERATIONS.get("getAbout"),
        response -> FAILED);
    mutants.change(
        kind,
        "analysis-results-fail",
        "listAnalysisResults fails",
        "metadata.analysis-results",
        OPERATIONS.get("listAnalysisResults"),
        response -> FAILED);
    mutants.change(
        kind,
        "versions-key",
        "listVersions fails for an unknown query key",
        "metadata.versions-keys",
        OPERATIONS.get("listVersions").and(unknownKey),
        response -> FAILED);
    mutants.change(
        "header",
        "operation-without-Allow",
        "getAbout returns 405 without Allow",
        "spec.header",
        OPERATIONS.get("getAbout"),
        response ->
            response
                .withStatus(405)
                .withHeader("Content-Type", "text/html")
                .withBody("<!doctype html><title>405</title>"));
  }

  private static void lists(Mutants mutants) {
    edited(
        mutants,
        "two-active",
        "all releases are active",
        "metadata.versions",
        OPERATIONS.get("listVersions"),
        body ->
            body.path("versions").forEach(version -> ((ObjectNode) version).put("active", true)));
    edited(
        mutants,
        "sources-as-text",
        "the data_sources of a release are a string",
        "metadata.versions-members",
        OPERATIONS.get("listVersions"),
        body -> ((ObjectNode) body.at("/versions/0")).put("data_sources", "none"));
    edited(
        mutants,
        "collection-twice",
        "a collection is listed twice",
        "metadata.collections",
        OPERATIONS.get("listCollections"),
        body -> ((ArrayNode) body.get("collections")).add(body.at("/collections/0")));
    edited(
        mutants,
        "collections-of-a-release",
        "idc_data_version limits the collections",
        "metadata.data-version-ignored",
        OPERATIONS.get("listCollections").and(request -> request.has("idc_data_version")),
        body -> ((ArrayNode) body.get("collections")).remove(0));
    edited(
        mutants,
        "attributes-in-reverse",
        "the attributes of a source are in reverse order",
        "metadata.attributes",
        OPERATIONS.get("listAttributes"),
        body ->
            body.path("data_sources")
                .forEach(source -> PageMutants.reverse((ArrayNode) source.get("attributes"))));
    edited(
        mutants,
        "type-of-no-name",
        "the data_type of an attribute is an empty string",
        "metadata.data-types",
        OPERATIONS.get("listAttributes"),
        body -> ((ObjectNode) body.at("/data_sources/0/attributes/0")).put("data_type", ""));
    edited(
        mutants,
        "empty-source",
        "an empty data_source returns no attributes",
        "metadata.attributes-source",
        OPERATIONS.get("listAttributes").and(request -> request.target().endsWith("data_source=")),
        body -> body.putArray("data_sources"));
  }

  private static void edited(
      Mutants mutants,
      String id,
      String what,
      String rule,
      Predicate<ProxiedRequest> when,
      Consumer<ObjectNode> edit) {
    mutants.change(SCHEMA, id, what, rule, when, ifOk(response -> response.edited(edit)));
  }

  private static void paths(Mutants mutants) {
    mutants.change(
        "status",
        "final-slash",
        "versions returns 404 with a trailing slash",
        "routes.final-slash",
        on("GET", "/versions").and(request -> request.target().endsWith("/")),
        response ->
            response
                .withStatus(404)
                .withHeader("Content-Type", "text/html")
                .withBody("<!doctype html><title>404</title>"));
    mutants.change(
        "status",
        "wrong-method-400",
        "a wrong method on about without a trailing slash returns 400",
        "routes.method-not-allowed-quirk",
        on("POST", "/about").and(request -> !request.target().endsWith("/")),
        response -> ProxiedResponse.json(400, "{\"code\":400,\"message\":\"wrong method\"}"));
  }
}
