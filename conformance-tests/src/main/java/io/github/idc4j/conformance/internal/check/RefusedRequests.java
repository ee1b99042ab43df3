package io.github.idc4j.conformance.internal.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The requests in {@code refused-requests.yaml}, which a service must refuse. */
final class RefusedRequests {

  private static final List<RefusedRequest> ALL = read();

  private RefusedRequests() {}

  /** Returns all requests, in the order of the file. */
  static List<RefusedRequest> all() {
    return ALL;
  }

  /** Returns the requests that verify a rule. */
  static List<RefusedRequest> of(String rule) {
    return ALL.stream().filter(request -> request.rule().contains(rule)).toList();
  }

  private static List<RefusedRequest> read() {
    List<RefusedRequest> all = new ArrayList<>();
    YAMLMapper yaml =
        YAMLMapper.builder().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();
    try (InputStream table = RefusedRequests.class.getResourceAsStream("refused-requests.yaml")) {
      for (JsonNode group : yaml.readTree(table)) {
        for (JsonNode entry : group.path("cases")) {
          ObjectNode request = ((ObjectNode) group).objectNode();
          request.setAll((ObjectNode) group).remove("cases");
          all.add(yaml.treeToValue(request.setAll((ObjectNode) entry), RefusedRequest.class));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(all);
  }
}
