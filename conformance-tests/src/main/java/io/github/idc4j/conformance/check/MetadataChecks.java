package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.http.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** About, versions, collections, analysis results, attributes. */
@Area("metadata")
@Order(1)
@ExtendWith(TargetExtension.class)
final class MetadataChecks {

  private static final Set<String> DATA_TYPES =
      Set.of(
          "Continuous Numeric",
          "Categorical String",
          "Categorical Number",
          "Text",
          "String",
          "Date");

  @Test
  @Checks("metadata.about")
  @DisplayName("GET /about says what the service is")
  void about(Target target) {
    Expect.status(target.send(Call.get("/about")), 200);
  }

  @Test
  @Checks("metadata.versions")
  @DisplayName("GET /versions lists the releases, exactly one active")
  void versions(Target target) {
    JsonNode versions =
        Expect.status(target.send(Call.get("/versions")), 200).json().path("versions");
    List<String> active = new ArrayList<>();
    versions.forEach(
        version -> {
          if (version.path("active").asBoolean(false)) {
            active.add(version.path("idc_data_version").asString());
          }
        });
    assertThat(active).as("active releases").hasSize(1);
  }

  @Test
  @Checks("metadata.versions-members")
  @DisplayName("A release of GET /versions, and what the user guide promises of it")
  void versionMembers(Target target) {
    JsonNode answer = Expect.status(target.send(Call.get("/versions")), 200).json();
    List<String> there = new ArrayList<>();
    for (JsonNode version : answer.path("versions")) {
      for (String promised : List.of("data_sources", "programs")) {
        if (version.has(promised)) {
          assertThat(version.path(promised).isArray()).as("%s is a list", promised).isTrue();
          there.add(promised);
        }
      }
    }
    target.saw(
        there.isEmpty()
            ? "no data_sources and programs, as deployed"
            : "with " + String.join(", ", new TreeSet<>(there)));
  }

  @Test
  @Checks("metadata.versions-keys")
  @DisplayName("GET /versions ignores query keys")
  void versionsKeys(Target target) {
    Expect.status(target.send(Call.get("/versions").with("foo", 1)), 200);
  }

  @Test
  @Checks("metadata.collections")
  @DisplayName("GET /collections lists collections, each identifier once")
  void collections(Target target) {
    JsonNode collections =
        Expect.status(target.send(Call.get("/collections")), 200).json().path("collections");
    List<String> ids = new ArrayList<>();
    collections.forEach(entry -> ids.add(entry.path("collection_id").asString()));
    assertThat(ids).as("identifiers").doesNotHaveDuplicates();
    assertThat(ids).as("identifiers").allMatch(id -> id.matches("[a-z0-9_]+"));
  }

  @Test
  @Checks("metadata.analysis-results")
  @DisplayName("GET /analysis_results lists analysis results")
  void analysisResults(Target target) {
    Expect.status(target.send(Call.get("/analysis_results")), 200);
  }

  @ParameterizedTest(name = "GET {0} takes idc_data_version and ignores it")
  @ValueSource(strings = {"/collections", "/analysis_results"})
  @Checks("metadata.data-version-ignored")
  void dataVersion(String path, Target target) {
    JsonNode plain = Expect.status(target.send(Call.get(path)), 200).json();
    JsonNode versioned =
        Expect.status(target.send(Call.get(path).with("idc_data_version", "1.0")), 200).json();
    assertThat(versioned).as("the answer for another release").isEqualTo(plain);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("metadata.unknown-key")
  void unknownKey(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @Test
  @Checks("metadata.attributes")
  @DisplayName("GET /attributes lists attributes, each numeric one with its eight range forms")
  void attributes(Target target) {
    JsonNode sources =
        Expect.status(target.send(Call.get("/attributes")), 200).json().path("data_sources");
    assertThat(sources).as("data sources").isNotEmpty();
    for (JsonNode source : sources) {
      JsonNode attributes = source.path("attributes");
      for (int i = 0; i < attributes.size(); i++) {
        if (attributes.get(i).path("data_type").asString("").equals("Continuous Numeric")) {
          String name = attributes.get(i).path("name").asString();
          for (String suffix : Attributes.SUFFIXES) {
            i++;
            assertThat(attributes.path(i).path("name").asString(""))
                .as("the attribute after %s", attributes.get(i - 1).path("name").asString())
                .isEqualTo(name + suffix);
          }
        }
      }
    }
  }

  @Test
  @Checks("metadata.data-types")
  @DisplayName("The data types of GET /attributes")
  void dataTypes(Target target) {
    Set<String> others = new TreeSet<>();
    Expect.status(target.send(Call.get("/attributes")), 200)
        .json()
        .findValues("data_type")
        .forEach(type -> others.add(type.asString("")));
    assertThat(others).as("data types").isNotEmpty().doesNotContain("");
    others.removeAll(DATA_TYPES);
    target.saw(others.isEmpty() ? "those of the contract" : "others too: " + others);
  }

  @Test
  @Checks("metadata.attributes-source")
  @DisplayName("GET /attributes?data_source gives that source only; empty gives all")
  void attributesOfSource(Target target) {
    JsonNode all = target.send(Call.get("/attributes")).json().path("data_sources");
    String wanted = all.path(0).path("data_source").asString();
    JsonNode one =
        Expect.status(target.send(Call.get("/attributes").with("data_source", wanted)), 200)
            .json()
            .path("data_sources");
    assertThat(one).as("data sources").containsExactly(all.path(0));
    JsonNode empty =
        Expect.status(target.send(Call.get("/attributes").with("data_source", "")), 200)
            .json()
            .path("data_sources");
    assertThat(empty).as("data sources for an empty name").isEqualTo(all);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("metadata.attributes-unknown-source")
  void attributesOfUnknownSource(Negative negative, Target target) {
    negative.isRefused(target);
  }
}
