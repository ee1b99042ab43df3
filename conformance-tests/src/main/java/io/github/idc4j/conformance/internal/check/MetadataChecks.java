package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Checks of the endpoints about, versions, collections, analysis_results and attributes. */
final class MetadataChecks {

  private static final Set<String> DATA_TYPES =
      Set.of(
          "Continuous Numeric",
          "Categorical String",
          "Categorical Number",
          "Text",
          "String",
          "Date");

  static List<Check> all() {
    return new CheckList("metadata")
        .check("about", "GET /about describes the service", MetadataChecks::about, "metadata.about")
        .check(
            "versions",
            "GET /versions lists the releases, exactly one active",
            MetadataChecks::versions,
            "metadata.versions")
        .check(
            "version-members",
            "Properties of a release that the user guide documents",
            MetadataChecks::versionMembers,
            "metadata.versions-members")
        .check(
            "versions-keys",
            "GET /versions ignores query keys",
            MetadataChecks::versionsKeys,
            "metadata.versions-keys")
        .check(
            "collections",
            "GET /collections lists collections, each identifier once",
            MetadataChecks::collections,
            "metadata.collections")
        .check(
            "analysis-results",
            "GET /analysis_results lists analysis results",
            MetadataChecks::analysisResults,
            "metadata.analysis-results")
        .forEach(
            "data-version",
            List.of("/collections", "/analysis_results"),
            "GET {0} accepts idc_data_version and ignores it",
            MetadataChecks::dataVersion,
            "metadata.data-version-ignored")
        .forEach(
            "unknown-key",
            RefusedRequests.of("metadata.unknown-key"),
            "{0}",
            RefusedRequest::isRefused,
            "metadata.unknown-key")
        .check(
            "attributes",
            "GET /attributes lists each numeric attribute with its eight range forms",
            MetadataChecks::attributes,
            "metadata.attributes")
        .check(
            "data-types",
            "The data types of GET /attributes",
            MetadataChecks::dataTypes,
            "metadata.data-types")
        .check(
            "attributes-of-source",
            "GET /attributes?data_source returns one source, and an empty name all",
            MetadataChecks::attributesOfSource,
            "metadata.attributes-source")
        .forEach(
            "attributes-of-unknown-source",
            RefusedRequests.of("metadata.attributes-unknown-source"),
            "{0}",
            RefusedRequest::isRefused,
            "metadata.attributes-unknown-source")
        .checks();
  }

  private MetadataChecks() {}

  private static void about(CheckContext context) {
    Expect.status(context.send(ApiRequest.get("/about")), 200);
  }

  private static void versions(CheckContext context) {
    JsonNode versions =
        Expect.status(context.send(ApiRequest.get("/versions")), 200).json().path("versions");
    List<String> active = new ArrayList<>();
    versions.forEach(
        version -> {
          if (version.path("active").asBoolean(false)) {
            active.add(version.path("idc_data_version").asString());
          }
        });
    assertThat(active).as("active releases").hasSize(1);
  }

  private static void versionMembers(CheckContext context) {
    JsonNode body = Expect.status(context.send(ApiRequest.get("/versions")), 200).json();
    List<String> present = new ArrayList<>();
    for (JsonNode version : body.path("versions")) {
      for (String documented : List.of("data_sources", "programs")) {
        if (version.has(documented)) {
          assertThat(version.path(documented).isArray()).as("%s is a list", documented).isTrue();
          present.add(documented);
        }
      }
    }
    context.observed(
        present.isEmpty()
            ? "no data_sources or programs, as deployed"
            : "with " + String.join(", ", new TreeSet<>(present)));
  }

  private static void versionsKeys(CheckContext context) {
    Expect.status(context.send(ApiRequest.get("/versions").with("foo", 1)), 200);
  }

  private static void collections(CheckContext context) {
    JsonNode collections =
        Expect.status(context.send(ApiRequest.get("/collections")), 200).json().path("collections");
    List<String> ids = new ArrayList<>();
    collections.forEach(entry -> ids.add(entry.path("collection_id").asString()));
    assertThat(ids).as("collection identifiers").doesNotHaveDuplicates();
    assertThat(ids).as("collection identifiers").allMatch(id -> id.matches("[a-z0-9_]+"));
  }

  private static void analysisResults(CheckContext context) {
    Expect.status(context.send(ApiRequest.get("/analysis_results")), 200);
  }

  private static void dataVersion(String path, CheckContext context) {
    JsonNode plain = Expect.status(context.send(ApiRequest.get(path)), 200).json();
    JsonNode versioned =
        Expect.status(context.send(ApiRequest.get(path).with("idc_data_version", "1.0")), 200)
            .json();
    assertThat(versioned).as("body for another release").isEqualTo(plain);
  }

  private static void attributes(CheckContext context) {
    JsonNode sources =
        Expect.status(context.send(ApiRequest.get("/attributes")), 200).json().path("data_sources");
    assertThat(sources).as("data sources").isNotEmpty();
    for (JsonNode source : sources) {
      JsonNode attributes = source.path("attributes");
      for (int i = 0; i < attributes.size(); i++) {
        if (attributes.get(i).path("data_type").asString("").equals("Continuous Numeric")) {
          String name = attributes.get(i).path("name").asString();
          for (String suffix : FilterNames.SUFFIXES) {
            i++;
            assertThat(attributes.path(i).path("name").asString(""))
                .as("the attribute after %s", attributes.get(i - 1).path("name").asString())
                .isEqualTo(name + suffix);
          }
        }
      }
    }
  }

  private static void dataTypes(CheckContext context) {
    Set<String> others = new TreeSet<>();
    Expect.status(context.send(ApiRequest.get("/attributes")), 200)
        .json()
        .findValues("data_type")
        .forEach(type -> others.add(type.asString("")));
    assertThat(others).as("data types").isNotEmpty().doesNotContain("");
    others.removeAll(DATA_TYPES);
    context.observed(
        others.isEmpty() ? "only types of the contract" : "also other types: " + others);
  }

  private static void attributesOfSource(CheckContext context) {
    JsonNode all = context.send(ApiRequest.get("/attributes")).json().path("data_sources");
    String wanted = all.path(0).path("data_source").asString();
    JsonNode one =
        Expect.status(context.send(ApiRequest.get("/attributes").with("data_source", wanted)), 200)
            .json()
            .path("data_sources");
    assertThat(one).as("data sources").containsExactly(all.path(0));
    JsonNode empty =
        Expect.status(context.send(ApiRequest.get("/attributes").with("data_source", "")), 200)
            .json()
            .path("data_sources");
    assertThat(empty).as("data sources for an empty name").isEqualTo(all);
  }
}
