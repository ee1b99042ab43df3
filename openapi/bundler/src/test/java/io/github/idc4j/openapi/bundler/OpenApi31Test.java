package io.github.idc4j.openapi.bundler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class OpenApi31Test {

  private static ObjectNode converted(String yaml) {
    return OpenApi31.of((ObjectNode) new YAMLMapper().readTree(yaml));
  }

  @Test
  void convertsSchemasAndLeavesValuesAndNames() {
    ObjectNode document =
        converted(
            """
            openapi: 3.0.3
            schema:
              properties:
                nullable: {type: string, nullable: true, example: a}
                plain: {type: array, nullable: false, items: {type: number, nullable: true}}
            parameter: {example: {nullable: true, schema: {example: 1}}}
            """);

    assertThat(document.at("/openapi").asString()).isEqualTo("3.1.0");
    assertThat(document.at("/schema/properties/nullable").toString())
        .isEqualTo("{\"type\":[\"string\",\"null\"],\"examples\":[\"a\"]}");
    assertThat(document.at("/schema/properties/plain").toString())
        .isEqualTo("{\"type\":\"array\",\"items\":{\"type\":[\"number\",\"null\"]}}");
    assertThat(document.at("/parameter/example").toString())
        .isEqualTo("{\"nullable\":true,\"schema\":{\"example\":1}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{nullable: true}; nullable without type",
        "{type: number, exclusiveMinimum: true}; No rule says what exclusiveMinimum becomes",
        "{allOf: []}; No rule says what allOf becomes"
      })
  void refusesWhatItHasNoRuleFor(String schema, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> converted("openapi: 3.0.3\nschema: " + schema))
        .withMessageContaining(reason);
  }
}
