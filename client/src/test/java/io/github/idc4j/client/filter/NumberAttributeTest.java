package io.github.idc4j.client.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests the equality filter and the eight range filters of a numeric attribute, and invalid ranges.
 */
class NumberAttributeTest {

  private static final NumberAttribute AGE = Attributes.AGE_AT_DIAGNOSIS;

  @ParameterizedTest
  @CsvSource({"CLOSED, _ebtwe", "OPEN, _btw", "CLOSED_OPEN, _ebtw", "OPEN_CLOSED, _btwe"})
  void hasRangesOfFourKinds(Bounds bounds, String suffix) {
    assertThat(AGE.between(53, 69.5, bounds))
        .isEqualTo(new Filter("age_at_diagnosis" + suffix, List.of(53, 69.5)));
  }

  @Test
  void matchesExactlyOneNumber() {
    assertThat(AGE.equalTo(53)).isEqualTo(new Filter("age_at_diagnosis", List.of(53)));
  }

  @Test
  void hasRangesWithOneBound() {
    assertThat(
            List.of(AGE.lessThan(1), AGE.atMost(1), AGE.greaterThan(1), AGE.atLeast(1)).stream()
                .map(Filter::name))
        .containsExactly(
            "age_at_diagnosis_lt",
            "age_at_diagnosis_lte",
            "age_at_diagnosis_gt",
            "age_at_diagnosis_gte");
  }

  @Test
  void comparesBoundsExactly() {
    long low = (1L << 53) + 1;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AGE.between(low, low - 1))
        .withMessage(
            "age_at_diagnosis: the lower bound must not be greater than the upper bound, but was"
                + " 9007199254740993 > 9007199254740992.");
  }

  @Test
  void rejectsABoundThatIsNotANumber() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AGE.between(Double.NaN, 1))
        .withMessageContaining("finite number");
  }
}
