package io.github.idc4j.conformance.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Gives a check what a service must refuse by the rule that the check is named after. */
final class Negatives implements ArgumentsProvider {

  private static final List<Negative> ALL = read();

  /** Returns all, in the order of the table. */
  static List<Negative> all() {
    return ALL;
  }

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext check) {
    String rule = check.getRequiredTestMethod().getAnnotation(Checks.class).value()[0];
    return ALL.stream().filter(negative -> negative.rule().contains(rule)).map(Arguments::of);
  }

  private static List<Negative> read() {
    List<Negative> all = new ArrayList<>();
    YAMLMapper yaml =
        YAMLMapper.builder().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();
    try (InputStream table = Negatives.class.getResourceAsStream("negatives.yaml")) {
      for (JsonNode group : yaml.readTree(table)) {
        for (JsonNode entry : group.path("cases")) {
          ObjectNode negative = ((ObjectNode) group).objectNode();
          negative.setAll((ObjectNode) group).remove("cases");
          all.add(yaml.treeToValue(negative.setAll((ObjectNode) entry), Negative.class));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(all);
  }
}
