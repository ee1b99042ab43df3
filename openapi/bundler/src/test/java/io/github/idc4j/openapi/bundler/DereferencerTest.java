package io.github.idc4j.openapi.bundler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class DereferencerTest {

  private static ObjectNode dereferenced(String yaml) {
    return Dereferencer.dereferenced((ObjectNode) new YAMLMapper().readTree(yaml));
  }

  @Test
  void putsReferencedPartsInPlaceEachTimeTheyAreUsed() {
    ObjectNode document =
        dereferenced(
            """
            a: {$ref: '#/components/schemas/A~1B'}
            b: [{$ref: '#/components/schemas/A~1B'}]
            components:
              schemas:
                A/B: {items: {$ref: '#/components/schemas/C'}}
                C: {type: string}
              securitySchemes:
                s: {type: http}
            """);

    assertThat(document.toString())
        .isEqualTo(
            "{'a':{'items':{'type':'string'}},'b':[{'items':{'type':'string'}}],".replace('\'', '"')
                + "'components':{'securitySchemes':{'s':{'type':'http'}}}}".replace('\'', '"'));
  }

  @Test
  void refusesWhatRefersToItself() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                dereferenced(
                    """
                    a: {$ref: '#/components/schemas/A'}
                    components: {schemas: {A: {items: {$ref: '#/components/schemas/A'}}}}
                    """))
        .withMessage(
            "#/components/schemas/A refers to itself, so no form without references exists");
  }

  @Test
  void refusesAReferenceToNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dereferenced("a: {$ref: '#/components/schemas/A'}"))
        .withMessage("$ref to nothing: #/components/schemas/A");
  }
}
